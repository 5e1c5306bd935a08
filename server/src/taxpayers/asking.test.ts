import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Lookup, LookupFault } from '../engines/lookup/lookup.ts';
import { newDataKey, Vault } from '../platform/vault.ts';
import { silent } from '../testing/database.ts';
import { TaxpayerAsking } from './asking.ts';

/** What the other system does next. */
let next: LookupFault | 'not_found';
let asked: number;
const lookup = {
  ask: async (_question: unknown, reason: (why: string, fault: LookupFault) => void) => {
    asked += 1;
    if (next === 'not_found') return next;
    reason('a reason', next);
    return 'failed';
  },
} as unknown as Lookup;
const vault = new Vault({ active: 1, keys: [newDataKey(1, 'aes-256-gcm')] });
const source = { version: 'v1', adapter: 'http' as const, url: 'https://tax.example', key: null, deadlineMs: 3_000 };
const question = { number: '13800000000' };

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

it('leaves a system alone that has failed three times, and tries it again with one question', async () => {
  const asking = new TaxpayerAsking({ lookup, vault, log: silent });
  const ask = () => asking.ask(source, question);
  next = 'late';
  for (let times = 0; times < 3; times++) expect(await ask()).toEqual({ failure: '接口在 3 秒内没有应答' });
  expect(await ask()).toEqual({ failure: '接口连续出错，暂停查询半分钟' });
  expect(asked).toBe(3);
  // A question that tries the settings is asked all the same.
  expect(await asking.test(source, question)).toEqual({ failure: '接口在 3 秒内没有应答' });
  vi.advanceTimersByTime(30_000);
  await ask();
  expect(await ask()).toEqual({ failure: '接口连续出错，暂停查询半分钟' });
  expect(asked).toBe(5);
  vi.advanceTimersByTime(30_000);
  next = 'not_found';
  expect(await ask()).toEqual({ taxpayers: [] });
  expect(await ask()).toEqual({ taxpayers: [] });
  expect(asked).toBe(7);
});
