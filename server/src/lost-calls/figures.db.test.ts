/** The rate against a naive count of what happened, for whatever happens. */
import { randomUUID } from 'node:crypto';
import type { LostCallDay } from '@rexian/contracts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, sealNumber } from '../contacts/caller-number.ts';
import { endContact, moveContact, openContact } from '../contacts/ledger.ts';
import { callerAnswered } from '../contacts/lost.ts';
import { createPartitions } from '../contacts/partitions.ts';
import type { Caller } from '../platform/api.ts';
import { dayName } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { lostCallFigures, TREND_DAYS } from './figures.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await testDatabase();
  await createPartitions(store.store.system);
});
afterAll(() => store?.close());

/** Late in the Beijing day, so that many a sequence runs over midnight. */
const START = new Date('2026-11-18T12:00:00Z');
const CALLERS = ['13500000001', '13500000002', ANONYMOUS];

interface Event {
  caller: string;
  /** Lost; called again and was answered; was called back and answered, or not. */
  kind: 'lost' | 'answered' | 'called_back' | 'tried';
  at: Date;
}
const events = fc
  .array(
    fc.record({
      caller: fc.constantFrom(...CALLERS),
      kind: fc.constantFrom<Event['kind'][]>('lost', 'lost', 'answered', 'called_back', 'tried', 'tried', 'tried'),
      minutes: fc.integer({ min: 1, max: 200 }),
    }),
    { maxLength: 30, size: 'max' },
  )
  .map((steps) => {
    let at = START.getTime();
    return steps.map(({ caller, kind, minutes }): Event => {
      at += minutes * 60_000;
      return { caller, kind, at: new Date(at) };
    });
  })
  // Nobody calls a withheld number back.
  .map((list) => list.filter(({ caller, kind }) => caller !== ANONYMOUS || kind === 'lost' || kind === 'answered'));

async function newUnit() {
  const [id, path] = [newId(), `r${randomUUID().slice(0, 8)}`];
  await store.db.insertInto('units').values({ id, path, name: path, kind: 'centre' }).execute();
  return { id, path };
}

async function play(unitId: string, { caller, kind, at }: Event): Promise<void> {
  const [contactId, externalId] = [newId(at.getTime()), randomUUID()];
  await openContact(store.db, {
    ...{
      id: contactId,
      externalId,
      unitId,
      source: 'trunk',
      channelId: externalId,
      caller: sealNumber(testVault, caller),
    },
    ...{ calledNumber: '12366', calledName: '广西12366', flow: null, arrivedAt: at },
  });
  if (kind === 'lost') {
    await endContact(store.db, { contactId, at, reason: 'abandoned_in_queue', by: 'caller' });
    return;
  }
  if (kind !== 'answered')
    await sql`update contacts c set direction = 'outbound', origin = 'outbound', lost_call_id =
      (select l.id from lost_calls l where l.unit_id = c.unit_id and l.caller_index = c.caller_index and l.closed_at is null
       order by l.last_at desc limit 1)
      where c.id = ${contactId}`.execute(store.db);
  if (kind !== 'tried')
    await store.db.transaction().execute(async (trx) => {
      await moveContact(trx, { contactId, from: ['arrived'], to: 'talking', at, set: { connected_at: at } });
      await callerAnswered(trx, contactId, at);
    });
  const reason = kind === 'tried' ? 'no_answer' : 'completed';
  await endContact(store.db, { contactId, at, reason, by: 'system' });
}

/** Day by day, caller by caller, straight from what happened. */
function naive(list: readonly Event[], day: string): Omit<LostCallDay, 'rate'> {
  const count = { day, lost: 0, withheld: 0, calledBack: 0, answeredLater: 0 };
  for (const caller of CALLERS) {
    const of = list.filter((event) => event.caller === caller);
    const losses = of.filter(({ kind, at }) => kind === 'lost' && dayName(at) === day);
    if (caller === ANONYMOUS) {
      count.withheld += losses.length;
      count.lost += losses.length;
      continue;
    }
    const last = losses.at(-1);
    if (!last) continue;
    count.lost += 1;
    const reached = of.find(({ kind, at }) => (kind === 'answered' || kind === 'called_back') && at > last.at);
    if (!reached || dayName(reached.at) !== day) continue;
    if (reached.kind === 'answered') count.answeredLater += 1;
    else count.calledBack += 1;
  }
  return count;
}

describe('当日呼损回拨率', () => {
  it('is what a naive count says', async () => {
    await fc.assert(
      fc.asyncProperty(events, async (list) => {
        const unit = await newUnit();
        for (const event of list) await play(unit.id, event);
        const now = new Date(list.at(-1)?.at ?? START);
        const caller = { scope: { patterns: [`${unit.path}.*`], home: unit.path } } as unknown as Caller;
        const { days } = await lostCallFigures({ db: store.db, vault: testVault, caller }, { now });
        expect(days).toHaveLength(TREND_DAYS);
        expect(days.at(-1)?.day).toBe(dayName(now));
        for (const { rate, ...day } of days) {
          expect(day).toEqual(naive(list, day.day));
          expect(rate).toBe(day.lost === 0 ? null : (day.calledBack + day.answeredLater) / day.lost);
        }
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});
