/** Flows as the audit log tells them: what changed in them sentence by sentence. `all` knows the names of what they point to. */
import type { FlowDocument } from '@rexian/contracts';
import { differenceOf, linesOf } from '@rexian/flows/difference.ts';
import { nodeTypes } from '@rexian/flows/registry.ts';
import type { Queryable } from '../platform/db.ts';
import { namesOf } from './pointable.ts';
import type { StoredFlow } from './queries.ts';

/** More is to be seen in the history of the flow. */
const MOST_LINES = 100;
const NOTHING: FlowDocument = { start: 'none', nodes: {} };

export const aboutFlow = ({ id, name, unit }: StoredFlow) => ({
  subject: { kind: 'flow' as const, id, name },
  unitId: unit.id,
});

export const flowTold = ({ name, unit, version, draft, graph }: StoredFlow) => ({
  ...{ name, unit: unit.name, version },
  nodes: Object.keys((draft ?? graph)?.nodes ?? {}).length,
});

/** What callers hear from now on that they didn't hear before. */
export async function changesTold(
  all: Queryable,
  before: FlowDocument | null,
  after: FlowDocument,
): Promise<{ changes: string[] }> {
  const from = before ?? NOTHING;
  const difference = differenceOf(from, after, nodeTypes, await namesOf(all, [from, after]));
  const lines = linesOf(difference, from, after, nodeTypes).map(({ text }) => text);
  const more = lines.length - MOST_LINES;
  return { changes: more > 0 ? [...lines.slice(0, MOST_LINES), `另有 ${more} 处`] : lines };
}
