import type { QueueAgent } from '@rexian/contracts';

/** What is new in a queue begins in the middle. */
export const USUAL_WEIGHT = 50;

export interface Member extends Omit<QueueAgent, 'queues'> {
  weight: number;
}

export const memberOf = ({ queues, ...agent }: QueueAgent, queueId: string): Member => ({
  ...agent,
  weight: queues.find((each) => each.queueId === queueId)?.weight ?? USUAL_WEIGHT,
});

/** Part of the name, or how the agent number begins. */
export function matches({ person }: Pick<QueueAgent, 'person'>, text: string): boolean {
  const wanted = text.trim();
  return person.name.includes(wanted) || (person.agentNumber ?? '').startsWith(wanted);
}

/** The members with so many weights set at once. */
export const weighted = (members: readonly Member[], ids: ReadonlySet<string>, weight: number): Member[] =>
  members.map((member) => (ids.has(member.person.id) ? { ...member, weight } : member));

export const without = (members: readonly Member[], ids: ReadonlySet<string>): Member[] =>
  members.filter(({ person }) => !ids.has(person.id));
