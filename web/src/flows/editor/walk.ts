/** Ways through a drawn flow without a mouse: along its exits, and by words. */
import type { FlowDocument } from '@rexian/contracts';
import { filledFields } from '@rexian/flows/fields.ts';
import { exitsOf } from '../canvas/exits.ts';
import { nodeTypes } from '../registry.ts';

/** Ids as a caller could come by them, the exits of a node in their order; then what can't be reached. */
export function inOrder({ start, nodes }: FlowDocument): string[] {
  const seen = new Set<string>();
  const visit = (first: string) => {
    const open = [first];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const node = Object.hasOwn(nodes, id) ? nodes[id] : undefined;
      if (!node || seen.has(id)) continue;
      seen.add(id);
      open.push(
        ...exitsOf(node)
          .flatMap(({ to }) => to ?? [])
          .reverse(),
      );
    }
  };
  visit(start);
  for (const id of Object.keys(nodes)) visit(id);
  return [...seen];
}

/** The node `steps` after the one named; null: there is none, the walk has ended. Without one, the first or the last. */
export function along(document: FlowDocument, id: string | null, steps: 1 | -1): string | null {
  const order = inOrder(document);
  const at = id === null ? (steps === 1 ? -1 : order.length) : order.indexOf(id);
  return order[at + steps] ?? null;
}

/** Nodes with all the words of `query` in their title, type or texts, in the flow's order. */
export function findNodes(document: FlowDocument, query: string, names: ReadonlyMap<string, string>): string[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return inOrder(document).filter((id) => {
    const text = wordsOf(document, id, names);
    return words.every((word) => text.includes(word));
  });
}

function wordsOf({ nodes }: FlowDocument, id: string, names: ReadonlyMap<string, string>): string {
  const { type, title = '', config } = nodes[id] ?? { type: '', config: null };
  const definition = nodeTypes.get(type);
  const values = [...filledFields(definition?.form ?? [], config)].map(
    ({ value }) => names.get(String(value)) ?? value,
  );
  return [title, definition?.title ?? type, ...values].join('\n').toLowerCase();
}

/** What a node is called. */
export function titleOf({ nodes }: FlowDocument, id: string): string {
  const node = nodes[id];
  return node ? (node.title ?? nodeTypes.get(node.type)?.title ?? node.type) : id;
}
