/** The survey against the ledger: what is booked for every key, every silence, every hang-up and every restart in between. */
import { randomUUID } from 'node:crypto';
import { satisfactionMark, scoreOf } from '@rexian/contracts';
import type { SatisfactionRequest } from '@rexian/flows/host.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealNumber } from '../../contacts/caller-number.ts';
import { moveContact, openContact } from '../../contacts/ledger.ts';
import { createPartitions } from '../../contacts/partitions.ts';
import { newId } from '../../platform/ids.ts';
import { seedCentre, silent, type TestDatabase, testDatabase, testVault } from '../../testing/database.ts';
import { askSatisfaction, saveMark } from './satisfaction.ts';

let store: TestDatabase;
let unitId: string;

beforeAll(async () => {
  store = await testDatabase();
  ({ unitId } = await seedCentre(store.db, { agents: 0 }));
  await createPartitions(store.store.system);
});
afterAll(() => store?.close());

async function contact({ talked }: { talked: boolean }): Promise<string> {
  const id = newId();
  const at = new Date();
  await openContact(store.db, {
    id,
    unitId,
    source: 'trunk',
    externalId: randomUUID(),
    channelId: id,
    caller: sealNumber(testVault, '13800138000'),
    calledNumber: '12366',
    calledName: '12366',
    flow: null,
    arrivedAt: at,
  });
  const set = talked ? { connected_at: at } : {};
  await moveContact(store.db, { contactId: id, from: ['arrived'], to: 'in_flow', at, set });
  return id;
}

const LEAVES = 'leaves';
type Press = string | null | typeof LEAVES;

/** Runs a survey with a caller who presses these keys, one for each question; null is silence. */
async function survey(contactId: string, presses: Press[]) {
  const leaving = new AbortController();
  const spoken: string[] = [];
  const caller = {
    play: async (texts: string[]) => void spoken.push(...texts),
    collectKey: async () => {
      const press = presses.shift() ?? null;
      if (press !== LEAVES) return press;
      leaving.abort(new Error('left'));
      return null;
    },
    forgetKeys: async () => undefined,
  };
  const request: SatisfactionRequest = {
    node: 'survey',
    invitation: '请评价',
    attempts: 2,
    timeoutMs: 10,
    reasonText: '原因',
    reasons: [
      { key: '1', label: '服务态度' },
      { key: '2', label: '业务解答' },
    ],
    invalidText: '有误',
    thanksText: '谢谢',
    signal: leaving.signal,
  };
  const call = { db: store.db, log: silent, contactId, caller };
  const left = await askSatisfaction(call, request).then(
    () => false,
    () => true,
  );
  return { spoken, left };
}

async function booked(contactId: string) {
  const row = await store.db
    .selectFrom('contacts')
    .select(['satisfaction as score', 'satisfaction_reason as reason', 'satisfaction_pushed as pushed'])
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow();
  const events = await store.db
    .selectFrom('contact_events')
    .select(['type', 'data'])
    .where('contact_id', '=', contactId)
    .orderBy('sequence')
    .execute();
  const of = (type: string) => events.filter((event) => event.type === type).map(({ data }) => data);
  return { row, given: of('satisfaction_given'), started: of('survey_started'), keys: of('key_pressed') };
}

describe('the survey', () => {
  it.each(satisfactionMark.values.map((mark, index) => [String(index + 1), mark] as const))(
    'books key %s as %s',
    async (key, mark) => {
      const id = await contact({ talked: true });
      await survey(id, [key, '2']);
      const { row, given } = await booked(id);
      const bad = scoreOf(mark) <= 2;
      expect(row).toEqual({ score: 6 - Number(key), reason: bad ? '业务解答' : null, pushed: true });
      expect(given).toEqual([{ score: row.score, reason: row.reason }]);
    },
  );

  it('repeats the invitation once after a wrong key or silence, and thanks only who has given a mark', async () => {
    const id = await contact({ talked: true });
    expect((await survey(id, ['9', '1'])).spoken).toEqual(['请评价', '有误', '请评价', '谢谢']);
    const silent = await contact({ talked: true });
    expect((await survey(silent, [null, null, '1'])).spoken).toEqual(['请评价', '请评价']);
    expect((await booked(silent)).row).toEqual({ score: null, reason: null, pushed: true });
  });

  it('asks nobody who talked to nobody, and nobody twice', async () => {
    const alone = await contact({ talked: false });
    expect((await survey(alone, ['1'])).spoken).toEqual([]);
    expect((await booked(alone)).row.pushed).toBe(false);
    const asked = await contact({ talked: true });
    await survey(asked, ['2']);
    expect((await survey(asked, ['5'])).spoken).toEqual([]);
    expect((await booked(asked)).row.score).toBe(4);
  });

  it('keeps the mark of a caller who hangs up at the question for the reason', async () => {
    const id = await contact({ talked: true });
    expect((await survey(id, ['5', LEAVES])).left).toBe(true);
    expect(await booked(id)).toMatchObject({ row: { score: 1, reason: null }, given: [{ score: 1, reason: null }] });
  });

  it('goes on after a restart: asks again who had given none, tells the mark of who had', async () => {
    const id = await contact({ talked: true });
    await survey(id, [LEAVES]);
    await survey(id, ['3']);
    expect(await booked(id)).toMatchObject({ row: { score: 3 }, started: [{}], given: [{ score: 3 }] });
    const marked = await contact({ talked: true });
    await saveMark(store.db, marked, 5);
    expect((await survey(marked, ['1'])).spoken).toEqual(['谢谢']);
    expect(await booked(marked)).toMatchObject({ row: { score: 5 }, given: [{ score: 5 }] });
  });

  it('whatever is pressed and however often it begins anew: one mark at most, told once, every key in the trajectory', async () => {
    const press = fc.constantFrom<Press>('1', '2', '3', '4', '5', '6', '#', null, LEAVES);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(press, { maxLength: 4 }), { minLength: 1, maxLength: 3 }), async (runs) => {
        const id = await contact({ talked: true });
        let pressed = 0;
        for (const run of runs) {
          const rest = [...run];
          await survey(id, rest);
          pressed += run.slice(0, run.length - rest.length).filter((each) => each !== null && each !== LEAVES).length;
        }
        const { row, given, started, keys } = await booked(id);
        expect(started).toHaveLength(1);
        expect(keys).toHaveLength(pressed);
        expect(given).toEqual(row.score === null ? [] : [{ score: row.score, reason: row.reason }]);
        expect(row.reason === null || (row.score ?? 9) <= 2).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
