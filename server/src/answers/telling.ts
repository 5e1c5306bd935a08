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

/** A proposal that somebody has decided, as its proposer hears of it. */
export interface Decided {
  personId: string;
  question: string;
  link: string;
}

const words: Record<'adopt' | 'return', string> = { adopt: '采纳', return: '退回' };

/** What became of theirs: each proposer gets one notice. `left`: how many of theirs were to be decided as well, and were not. */
export function tellProposers(
  { db }: Reader,
  act: 'adopt' | 'return',
  { decided, left = new Map() }: { decided: readonly Decided[]; left?: ReadonlyMap<string, number> },
): Promise<void> {
  const kind = 'knowledge_decided';
  const word = words[act];
  const told = [...Map.groupBy(decided, ({ personId }) => personId)].map(([personId, theirs]) => {
    const [{ question, link } = { question: '', link: null }] = theirs;
    const others = left.get(personId) ?? 0;
    if (theirs.length === 1 && others === 0) return { personId, about: `${question} 已${word}`, link };
    const about = `${word} ${theirs.length} 条${others > 0 ? `、未${word} ${others} 条` : ''}`;
    return { personId, about, link: '/answers?tab=mine' };
  });
  return notify(
    db,
    told.map(({ personId, about, link }) => ({ personId, kind, title: `${noticeKind.labels[kind]}：${about}`, link })),
  );
}

export const proposalLink = (id: string): string => `/answers/proposals?id=${id}`;
