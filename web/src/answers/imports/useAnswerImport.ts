import { type AnswerImportCheck, type ArticleSharing, IMPORT_MAX_BYTES } from '@rexian/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client } from '../../platform/api.ts';

type Wish = Parameters<typeof client.answerImports.confirm>[0];

/** One import of answers: a file is checked as soon as it is chosen, its rows are chosen, and those are proposed. */
export function useAnswerImport() {
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const [chosen, setChosen] = useState<number[]>([]);
  const check = useMutation({
    mutationFn: (asked: { unitId: string; file: File }) => client.answerImports.check(asked),
    onSuccess: ({ rows }: AnswerImportCheck) =>
      // What is there already is brought in only by whoever wants it all the same.
      setChosen(rows.filter(({ state }) => state === 'new' || state === 'alike').map(({ row }) => row)),
  });
  const confirm = useMutation({
    mutationFn: (wish: Wish) => client.answerImports.confirm(wish),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: api.answers.key() }),
  });
  const choose = async (picked: File, unitId: string) => {
    setFile(null);
    setChosen([]);
    check.reset();
    confirm.reset();
    setTooLarge(picked.size > IMPORT_MAX_BYTES);
    if (picked.size > IMPORT_MAX_BYTES) return;
    // Kept in memory: browsers refuse to send a file that was saved again since it was chosen.
    const kept = new File([await picked.arrayBuffer()], picked.name, { type: picked.type });
    setFile(kept);
    check.mutate({ unitId, file: kept });
  };
  return {
    ...{ file, tooLarge, chosen, setChosen, choose },
    checked: check.data ?? null,
    checking: check.isPending,
    result: confirm.data ?? null,
    sending: confirm.isPending,
    error: check.error ?? confirm.error,
    send: (unitId: string, sharing: ArticleSharing) =>
      file && check.data && confirm.mutate({ importId: check.data.importId, unitId, file, rows: chosen, sharing }),
    /** The rows were checked for another unit. */
    recheck: (unitId: string) => {
      confirm.reset();
      if (file) check.mutate({ unitId, file });
    },
  };
}
export type AnswerImport = ReturnType<typeof useAnswerImport>;
