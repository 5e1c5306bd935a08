/** Adopted or returned by somebody else of the unit that is to have it. Each act runs in a transaction of the viewer's scope; who is told, says `decisions.ts`. */
import type { AnswerState } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Reader } from '../knowledge/libraries.ts';
import { namesOf } from '../knowledge/reading.ts';
import { unitRefs } from '../knowledge/units.ts';
import { refusal, refusing } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { answerInSight, type StoredAnswer } from './answers.ts';
import { columnsOf, replacedAlready, requireFitting } from './content.ts';
import { requireAct } from './life-cycle.ts';
import type { StoredProposal } from './proposals.ts';
import { proposalToChange } from './proposing.ts';

async function proposalToDecide(reviewer: Reader, id: string): Promise<StoredProposal> {
  const { viewer, unitIds } = reviewer.caller;
  const proposal = await proposalToChange(reviewer, id);
  if (!unitIds.includes(proposal.unitId)) throw refusal('REFUSED', '由接收机构审核');
  if (proposal.byId === viewer.id) throw refusal('REFUSED', '不能审核自己提交的问答');
  return proposal;
}

export interface Adopted {
  proposal: StoredProposal;
  answerId: string;
  version: number;
}

/** The answer, its version and the proposal's state are written together. */
export async function adoptProposal(reviewer: Reader, id: string): Promise<Adopted> {
  const { db, all, caller } = reviewer;
  const proposal = await proposalToDecide(reviewer, id);
  const state = requireAct(proposal.state, 'adopt');
  const { unitId, content } = proposal;
  const before = proposal.answerId && (await versionHeld(reviewer, proposal.answerId, proposal.base));
  // What it is filed under, leads to and stands in for may have changed since it was proposed.
  await requireFitting(reviewer, proposal, content);
  const at = new Date();
  const answerId = proposal.answerId ?? newId();
  const version = before ? before + 1 : 1;
  const said = { ...columnsOf(content), version, changed_at: at };
  await refusing({ unique: replacedAlready }, async () => {
    if (before) await db.updateTable('answers').set(said).where('id', '=', answerId).execute();
    else
      await db
        .insertInto('answers')
        .values({ id: answerId, unit_id: unitId, ...said })
        .execute();
  });
  const [by, from] = [await namesOf(all, [proposal.byId]), await unitRefs(all, [proposal.fromId])];
  await db
    .insertInto('answer_versions')
    .values({
      ...{ answer_id: answerId, version, content: JSON.stringify(content), at },
      ...{ by: by.get(proposal.byId) ?? '', from_unit: from.get(proposal.fromId)?.name ?? '' },
    })
    .execute();
  await db
    .updateTable('answer_proposals')
    .set({ state, answer_id: answerId, decided_by: caller.viewer.id, decided_at: at })
    .where('id', '=', id)
    .execute();
  return { proposal, answerId, version };
}

/** Held until the transaction ends. Throws NOT_FOUND, CHANGED. */
async function versionHeld({ db }: Reader, answerId: string, base: number | null): Promise<number> {
  const { rows } = await sql<{ version: number }>`select version from answers
    where id = ${answerId} for update`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到问答');
  if (rows[0].version !== base) throw refusal('CHANGED', '提交后问答已有新版本，请退回后按最新内容重新提交');
  return rows[0].version;
}

export async function returnProposal(
  reviewer: Reader,
  { id, reason }: { id: string; reason: string },
): Promise<StoredProposal> {
  const { db, caller } = reviewer;
  const proposal = await proposalToDecide(reviewer, id);
  const state = requireAct(proposal.state, 'return');
  await db
    .updateTable('answer_proposals')
    .set({ state, reason, decided_by: caller.viewer.id, decided_at: new Date() })
    .where('id', '=', id)
    .execute();
  return proposal;
}

/** Out of use or into use again. Throws NOT_FOUND, WRONG_STATE. */
export async function setAnswerState(
  reviewer: Reader,
  { id, state, reason }: { id: string; state: AnswerState; reason: string },
): Promise<{ before: StoredAnswer; after: StoredAnswer }> {
  const { db, caller } = reviewer;
  await sql`select from answers where id = ${id} for update`.execute(db);
  const before = await answerInSight(reviewer, id);
  if (!caller.unitIds.includes(before.unit.id)) throw refusal('NOT_FOUND', '没有找到问答');
  if (before.state === state) throw refusal('WRONG_STATE', `问答已${state === 'enabled' ? '启用' : '停用'}`);
  await db
    .updateTable('answers')
    .set({ state, disabled_reason: state === 'disabled' ? reason : '', changed_at: new Date() })
    .where('id', '=', id)
    .execute();
  return { before, after: await answerInSight(reviewer, id) };
}
