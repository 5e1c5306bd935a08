/** Verbs asked for by an API process and carried out by the process that has the call: a row, a hint, and the row's outcome. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { type HintListener, sendHint } from '../platform/hints.ts';
import { newId } from '../platform/ids.ts';

/** For the call that a leg is in, or for a desk that has none (`dial`). */
export type CommandFor = { legId: string } | { sessionId: string };

export interface Command {
  id: string;
  verb: string;
  personId: string;
  args: Record<string, unknown>;
  legId: string | null;
  sessionId: string | null;
  /** The contact of the leg. */
  contactId: string | null;
}

export interface Outcome {
  /** Why not, in Chinese for the person who asked; null: done. */
  refusal: string | null;
  result: Record<string, unknown>;
}

/** Asks for a verb and waits for its outcome; 'timeout' when nobody took it up in time: then nothing has happened and nothing will. */
export async function requestCommand(
  db: Db,
  hints: HintListener,
  ask: CommandFor & { verb: string; personId: string; args?: Record<string, unknown> },
  deadlineMs = 5_000,
): Promise<Outcome | 'timeout'> {
  const id = newId();
  const done = hints.waitFor((hint) => hint.topic === 'command_done' && hint.commandId === id, deadlineMs);
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('commands')
      .values({
        id,
        leg_id: 'legId' in ask ? ask.legId : null,
        session_id: 'sessionId' in ask ? ask.sessionId : null,
        verb: ask.verb,
        args: JSON.stringify(ask.args ?? {}),
        requested_by: ask.personId,
      })
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
  const { refusal, result } = await db
    .selectFrom('commands')
    .select(['refusal', 'result'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { refusal, result: result ?? {} };
}

/** Reads a command that waits to be carried out. */
export async function openCommand(db: Db, id: string): Promise<Command | null> {
  const result = await sql<Command>`
    select c.id, c.verb, c.args, c.requested_by as "personId", c.leg_id as "legId", c.session_id as "sessionId",
      l.contact_id as "contactId"
    from commands c left join contact_legs l on l.id = c.leg_id where c.id = ${id} and c.finished_at is null`.execute(
    db,
  );
  return result.rows[0] ?? null;
}

export async function finishCommand(db: Db, id: string, outcome: Outcome): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('commands')
      .set({ finished_at: new Date(), refusal: outcome.refusal, result: JSON.stringify(outcome.result) })
      .where('id', '=', id)
      .where('finished_at', 'is', null)
      .execute();
    await sendHint(trx, { topic: 'command_done', commandId: id });
  });
}
