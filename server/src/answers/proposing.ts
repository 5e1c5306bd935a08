/** Proposed, and taken back, by those who write. Each act runs in a transaction of the viewer's scope. */
import type { AnswerContent, UnitRef } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Reader } from '../knowledge/libraries.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { requireFitting, tidied } from './content.ts';
import { requireAct } from './life-cycle.ts';
import { requireTarget } from './places.ts';
import { proposalColumns, type StoredProposal } from './proposals.ts';
import { proposalLink, tellReviewers } from './telling.ts';

export interface Proposed {
  unitId: string;
  answerId: string | null;
  base: number | null;
  content: AnswerContent;
  note: string;
}

/** The new proposal's id, and who is to have it. */
export async function proposeAnswer(editor: Reader, proposed: Proposed): Promise<{ id: string; unit: UnitRef }> {
  const { db, caller } = editor;
  const { unitId, answerId, note } = proposed;
  const { unit, from } = await requireTarget(editor, unitId);
  const base = answerId === null ? null : await presentVersion(editor, { unitId, answerId, base: proposed.base });
  const content = tidied(proposed.content);
  await requireFitting(editor, { unitId, answerId }, content);
  const id = newId();
  await db
    .insertInto('answer_proposals')
    .values({
      ...{
        id,
        answer_id: answerId,
        unit_id: unitId,
        from_unit_id: from.id,
        content: JSON.stringify(content),
        base,
        note,
      },
      ...{ by_person: caller.viewer.id, decided_by: null, decided_at: null },
    })
    .execute();
  await tellReviewers(editor, unit, { about: content.question, link: proposalLink(id) });
  return { id, unit };
}

/** Throws NOT_FOUND, CHANGED. */
async function presentVersion(
  { db }: Reader,
  { unitId, answerId, base }: { unitId: string; answerId: string; base: number | null },
): Promise<number> {
  const { rows } = await sql<{ version: number }>`select version from answers
    where id = ${answerId} and unit_id = ${unitId}`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到问答');
  if (rows[0].version !== base) throw refusal('CHANGED', '问答已有新版本，请载入最新内容后重试');
  return rows[0].version;
}

/** Held until the transaction ends. Throws NOT_FOUND. */
export async function proposalToChange({ db }: Reader, id: string): Promise<StoredProposal> {
  const { rows } = await sql<StoredProposal>`select ${proposalColumns} from answer_proposals p
    where p.id = ${id} for update`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到问答提交');
  return rows[0];
}

export async function recallProposal(editor: Reader, id: string): Promise<StoredProposal> {
  const proposal = await proposalToChange(editor, id);
  if (proposal.byId !== editor.caller.viewer.id) throw refusal('REFUSED', '只有提交人可以撤回');
  const state = requireAct(proposal.state, 'recall');
  await editor.db.updateTable('answer_proposals').set({ state }).where('id', '=', id).execute();
  return proposal;
}
