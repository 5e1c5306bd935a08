/** Who is told of a proposal, in the console. */
import { noticeKind, type UnitRef } from '@rexian/contracts';
import type { Reader } from '../knowledge/libraries.ts';
import { nearestHolders } from '../knowledge/telling.ts';
import { notify } from '../notices/notices.ts';

/** Those who may adopt it, but for whoever proposed it: `about` is what they see. */
export async function tellReviewers(
  { db, all, caller }: Reader,
  unit: UnitRef,
  { about, link }: { about: string; link: string },
): Promise<void> {
  const kind = 'knowledge_asked';
  const to = await nearestHolders(all, unit, 'knowledge.review', [caller.viewer.id]);
  const title = `${noticeKind.labels[kind]}：${about}`;
  await notify(
    db,
    to.map((personId) => ({ personId, kind, title, link })),
  );
}

/** What became of it. */
export function tellProposer(
  { db }: Reader,
  { personId, question, became, link }: { personId: string; question: string; became: string; link: string },
): Promise<void> {
  const kind = 'knowledge_decided';
  return notify(db, [{ personId, kind, title: `${noticeKind.labels[kind]}：${question} ${became}`, link }]);
}

export const proposalLink = (id: string): string => `/answers/proposals?id=${id}`;
