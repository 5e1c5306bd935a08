import type { ContactSummary } from '@rexian/contracts';
import { expect, it } from 'vitest';
import type { CallResult } from './call-run.ts';
import { hasFailed, summarize } from './summary.ts';

const talked: CallResult = { kind: 'talked', agent: '8001', talkedMs: 9_000, by: 'caller' };

function record(change: Partial<ContactSummary>): ContactSummary {
  const connectedAt = new Date();
  return {
    state: 'ended',
    endReason: 'completed',
    connectedAt,
    waitingMs: 1_000,
    ringingMs: 500,
    ...change,
  } as ContactSummary;
}

it('counts what happened and the mean wait of those who were answered', () => {
  const results: CallResult[] = [talked, { kind: 'left', where: 'queue' }, { kind: 'closed', at: 'queue' }];
  const left = record({ connectedAt: null, endReason: 'abandoned_in_queue', waitingMs: 60_000 });
  const summary = summarize(results, [record({}), left, record({ waitingMs: 2_000 })]);
  expect(summary).toMatchObject({
    calls: 3,
    talked: 1,
    left: { queue: 1, menu: 0 },
    closed: 1,
    failed: 0,
    meanWaitMs: 2_000,
  });
  expect(hasFailed(summary)).toBe(false);
});

it('fails on a failed call, a missing, an open or a broken record', () => {
  const broken: CallResult = { kind: 'failed', at: 'dialling', why: 'no answer' };
  expect(hasFailed(summarize([broken], [record({})]))).toBe(true);
  expect(hasFailed(summarize([talked], []))).toBe(true);
  expect(hasFailed(summarize([talked], [record({ state: 'talking' })]))).toBe(true);
  expect(hasFailed(summarize([talked], [record({ endReason: 'failed' })]))).toBe(true);
  expect(hasFailed(summarize([talked], null))).toBe(true);
});
