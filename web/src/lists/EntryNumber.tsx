import type { ListEntry } from '@rexian/contracts';
import { RevealableNumber } from '../personal/reveal.tsx';
import { client } from '../platform/api.ts';

export function EntryNumber({ entry: { id, number, can } }: { entry: ListEntry }) {
  const ask = async () => (await client.lists.reveal({ id })).number;
  return <RevealableNumber number={number} masked={can.reveal} ask={ask} />;
}
