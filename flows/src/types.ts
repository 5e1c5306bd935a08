/** The kinds of nodes there are, by type. Who loads the files of `nodes/` makes it of them: `registry.ts` for Node, the console for browsers. */
import type { NodeDefinition } from './node.ts';

export type NodeTypes = ReadonlyMap<string, NodeDefinition>;

/** Of modules that export `node`. Throws when two have the same type, or one has none. */
export function nodeTypesOf(modules: Readonly<Record<string, unknown>>): NodeTypes {
  const types = new Map<string, NodeDefinition>();
  for (const [name, loaded] of Object.entries(modules)) {
    const { node } = loaded as { node?: NodeDefinition };
    if (!node) throw new Error(`${name} exports no node`);
    if (types.has(node.type)) throw new Error(`${name}: there is a node of type '${node.type}' already`);
    types.set(node.type, node);
  }
  return types;
}
