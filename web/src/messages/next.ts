import type { Message } from '@rexian/contracts';

/** The draft that comes after one that is done with: further down, else from the top; null: none waits. */
export function nextOf(rows: readonly Pick<Message, 'id' | 'state'>[], done: string): string | null {
  const at = rows.findIndex(({ id }) => id === done);
  const round = [...rows.slice(at + 1), ...rows.slice(0, Math.max(at, 0))];
  return round.find(({ state }) => state === 'draft')?.id ?? null;
}
