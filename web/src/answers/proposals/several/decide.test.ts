import { PROPOSALS_AT_ONCE, type Proposal } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { decide } from './decide.ts';

const proposals = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `${i}` }) as Proposal);

it('counts what was done and tells why the others were not', async () => {
  const outcome = await decide(proposals(3), async (ids) =>
    ids.map((id) => ({ refusal: id === '1' ? { code: 'CHANGED' as const, message: '已有新版本' } : null })),
  );
  expect(outcome).toEqual({ done: 2, refused: [{ proposal: { id: '1' }, why: '已有新版本' }] });
});

it('sends no more at once than a request holds, and goes on after one that failed', async () => {
  const sent: number[] = [];
  const outcome = await decide(proposals(PROPOSALS_AT_ONCE + 5), async (ids) => {
    sent.push(ids.length);
    if (sent.length === 1) throw new TypeError('Failed to fetch');
    return ids.map(() => ({ refusal: null }));
  });
  expect(sent).toEqual([PROPOSALS_AT_ONCE, 5]);
  expect(outcome.done).toBe(5);
  expect(outcome.refused).toHaveLength(PROPOSALS_AT_ONCE);
  expect(outcome.refused[0]?.why).toContain('无法连接服务器');
});
