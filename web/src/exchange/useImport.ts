import { IMPORT_MAX_BYTES, type ImportKind, type ImportReport } from '@rexian/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../platform/api.ts';

/** One import: a file is checked as soon as it is chosen, and brought in only when nothing is wrong with it. */
export function useImport(kind: ImportKind) {
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const [report, setReport] = useState<ImportReport | null>(null);
  const send = useMutation({
    mutationFn: (what: { file: File; commit: boolean }) => client.exchange.import({ kind, ...what }),
    onSuccess: (answer) => {
      setReport(answer);
      // Names and choices that come in so stand on any screen.
      if (answer.imported) void queryClient.invalidateQueries();
    },
  });
  const choose = async (chosen: File) => {
    setReport(null);
    setFile(null);
    send.reset();
    setTooLarge(chosen.size > IMPORT_MAX_BYTES);
    if (chosen.size > IMPORT_MAX_BYTES) return;
    // Kept in memory: browsers refuse to send a file that was saved again since it was chosen.
    const kept = new File([await chosen.arrayBuffer()], chosen.name, { type: chosen.type });
    setFile(kept);
    send.mutate({ file: kept, commit: false });
  };
  const changes = (report?.created ?? 0) + (report?.changed ?? 0);
  const clean = report !== null && !report.imported && report.errors.length === 0 && changes > 0;
  return {
    file,
    tooLarge,
    report,
    error: send.error,
    busy: send.isPending,
    /** Checked, nothing wrong, something to do. */
    ready: clean && !send.isPending,
    choose,
    commit: () => file && send.mutate({ file, commit: true }),
  };
}
