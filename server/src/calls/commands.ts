/** Verbs asked for by an API process and carried out by the process that has the call: a row, a hint, and the row's outcome. */
import type { Db } from '../platform/db.ts';
import { type HintListener, sendHint } from '../platform/hints.ts';
import { newId } from '../platform/ids.ts';
import type { CallCommand } from './context.ts';

/** Asks for a verb and waits for its outcome: null when done, else why not; 'timeout' when nobody took it up in time. */
export async function requestCommand(
  db: Db,
  hints: HintListener,
  ask: { legId: string; verb: CallCommand['verb']; personId: string },
  deadlineMs = 5_000,
): Promise<string | null> {
  const id = newId();
  const done = hints.waitFor((hint) => hint.topic === 'command_done' && hint.commandId === id, deadlineMs);
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('commands')
      .values({ id, leg_id: ask.legId, verb: ask.verb, requested_by: ask.personId })
      .execute();
    await sendHint(trx, { topic: 'command', commandId: id });
  });
  await done;
  const row = await db
    .updateTable('commands')
    .set({ finished_at: new Date(), refusal: 'timeout' })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (row) return 'timeout';
  const outcome = await db.selectFrom('commands').select('refusal').where('id', '=', id).executeTakeFirstOrThrow();
  return outcome.refusal;
}

/** Reads a command that waits to be carried out, with the contact it is for. */
export async function openCommand(db: Db, id: string): Promise<(CallCommand & { contactId: string }) | null> {
  const row = await db
    .selectFrom('commands as c')
    .innerJoin('contact_legs as l', 'l.id', 'c.leg_id')
    .select(['c.id', 'c.verb', 'c.leg_id as legId', 'l.contact_id as contactId'])
    .where('c.id', '=', id)
    .where('c.finished_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

export async function finishCommand(db: Db, id: string, refusal: string | null): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('commands')
      .set({ finished_at: new Date(), refusal })
      .where('id', '=', id)
      .where('finished_at', 'is', null)
      .execute();
    await sendHint(trx, { topic: 'command_done', commandId: id });
  });
}
