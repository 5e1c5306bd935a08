import type { StoredFile } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Attachments } from '../files/Attachments.tsx';
import { api } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';

type Props = { id?: string; ids: readonly string[]; most: number; onChange?(ids: string[]): void };

/** Attachments of which a form keeps the ids. */
export function AttachmentField({ id, ids, most, onChange }: Props) {
  const [known, setKnown] = useState<ReadonlyMap<string, StoredFile>>(new Map());
  const unknown = ids.filter((each) => !known.has(each));
  const { data, error, isLoadingError, refetch } = useQuery(
    api.files.get.queryOptions({ input: { ids: unknown }, enabled: unknown.length > 0 }),
  );
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  const files = ids.flatMap((each) => known.get(each) ?? data?.find((file) => file.id === each) ?? []);
  const change = (next: StoredFile[]) => {
    setKnown(new Map(next.map((file) => [file.id, file])));
    onChange?.(next.map((file) => file.id));
  };
  return <Attachments {...(id ? { id } : {})} files={files} limit={most} {...(onChange ? { onChange: change } : {})} />;
}
