/** The caller's mark by key after the talk (满意度评价): pushed, given, and the reason of the discontented. */
import { satisfactionMark, scoreOf } from '@rexian/contracts';
import type { SatisfactionRequest } from '@rexian/flows/host.ts';
import { sql } from 'kysely';
import { appendEvents } from '../../contacts/ledger.ts';
import type { Db } from '../../platform/db.ts';
import type { CallContext } from '../context.ts';
import { persist } from '../persist.ts';

type SurveyCall = Pick<CallContext, 'db' | 'log' | 'contactId'> & {
  caller: Pick<CallContext['caller'], 'play' | 'collectKey' | 'forgetKeys'>;
};

/** Marks after which the reason is asked for: 不满意 and 非常不满意. */
const BAD_SCORE = 2;

/**
 * Asks whoever has talked to somebody and was not asked before; asks nobody else. The mark counts from the moment of its key, whatever
 * happens then. Rejects when the caller leaves.
 */
export async function askSatisfaction(call: SurveyCall, request: SatisfactionRequest): Promise<void> {
  const { db, log, contactId, caller } = call;
  const { signal } = request;
  const begun = await persist(log, () => beginSurvey(db, contactId, new Date()));
  if (begun === 'not due') return;
  // Keys pressed during the talk were meant for nobody.
  await caller.forgetKeys();
  const score = begun ?? (await askMark(call, request));
  if (score === null) return;
  try {
    if (begun === null && score <= BAD_SCORE) await askReason(call, request);
  } finally {
    await persist(log, () => tellMark(db, contactId, new Date()));
  }
  await caller.play([request.thanksText], { signal, interruptible: false });
}

async function askMark(call: SurveyCall, request: SatisfactionRequest): Promise<number | null> {
  const { db, log, contactId } = call;
  const { node, invitation, invalidText, attempts, signal } = request;
  let before: string[] = [];
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const key = await ask(call, [...before, invitation], request);
    signal.throwIfAborted();
    const mark = key === null ? undefined : satisfactionMark.values[Number(key) - 1];
    const label = mark ? satisfactionMark.labels[mark] : null;
    if (key !== null) await noteKey(call, { node, key, label });
    if (mark) {
      const score = scoreOf(mark);
      await persist(log, () => saveMark(db, contactId, score));
      return score;
    }
    before = key === null ? [] : [invalidText];
  }
  return null;
}

async function askReason(call: SurveyCall, request: SatisfactionRequest): Promise<void> {
  const { db, log, contactId } = call;
  const { node, reasonText, reasons, signal } = request;
  if (reasons.length === 0) return;
  const key = await ask(call, [reasonText], request);
  if (key === null) return signal.throwIfAborted();
  const reason = reasons.find((each) => each.key === key)?.label ?? null;
  await noteKey(call, { node, key, label: reason });
  if (reason) await persist(log, () => saveReason(db, contactId, reason));
}

async function ask({ caller }: SurveyCall, texts: string[], request: SatisfactionRequest): Promise<string | null> {
  await caller.play(texts, { signal: request.signal, interruptible: true });
  return caller.collectKey(request.timeoutMs, request.signal);
}

const noteKey = ({ db, log, contactId }: SurveyCall, data: { node: string; key: string; label: string | null }) =>
  persist(log, () => appendEvents(db, contactId, [{ type: 'key_pressed', at: new Date(), data }]));

/**
 * Books that the caller is being asked. Gives null; or the mark given to an earlier process that could not finish; or why nobody is
 * asked: nobody talked, or a survey was made already.
 */
export async function beginSurvey(db: Db, contactId: string, at: Date): Promise<number | null | 'not due'> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pushed: boolean; satisfaction: number | null; told: boolean }>`
      select c.satisfaction_pushed as pushed, c.satisfaction,
        exists (select from contact_events e where e.contact_id = c.id and e.type = 'satisfaction_given') as told
      from contacts c where c.id = ${contactId} and c.connected_at is not null for update`.execute(trx);
    const [row] = rows;
    if (!row || row.told) return 'not due';
    if (row.pushed) return row.satisfaction;
    await sql`update contacts set satisfaction_pushed = true where id = ${contactId}`.execute(trx);
    await appendEvents(trx, contactId, [{ type: 'survey_started', at }]);
    return null;
  });
}

export async function saveMark(db: Db, contactId: string, score: number): Promise<void> {
  await sql`update contacts set satisfaction = ${score}, satisfaction_pushed = true where id = ${contactId}`.execute(
    db,
  );
}

async function saveReason(db: Db, contactId: string, reason: string): Promise<void> {
  await sql`update contacts set satisfaction_reason = ${reason} where id = ${contactId}`.execute(db);
}

/** Tells the mark on the timeline, once. */
async function tellMark(db: Db, contactId: string, at: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ score: number; reason: string | null }>`
      select satisfaction as score, satisfaction_reason as reason from contacts c
      where id = ${contactId} and satisfaction is not null and not exists (
        select from contact_events e where e.contact_id = c.id and e.type = 'satisfaction_given') for update`.execute(
      trx,
    );
    const [data] = rows;
    if (data) await appendEvents(trx, contactId, [{ type: 'satisfaction_given', at, data: { ...data } }]);
  });
}
