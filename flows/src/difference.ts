/** What changed from one flow to another, in the words of its forms. Where nodes are drawn is no change. */
import { type Filled, filledFields } from './fields.ts';
import type { FlowDocument } from './graph.ts';
import type { Field, NodeDefinition, Port, ReferenceKind } from './node.ts';
import type { NodeTypes } from './types.ts';

export interface FieldDifference {
  /** `title`, `type`, or names and row numbers from `config` down, joined by dots. */
  field: string;
  label: string;
  /** As people read it; null: it isn't there. */
  before: string | null;
  after: string | null;
}

export interface NodeDifference {
  node: string;
  /** As it is now; of a removed node as it was. */
  title: string;
  how: 'added' | 'removed' | 'changed';
  /** Empty for an added or a removed node. */
  fields: FieldDifference[];
}

/** A connection: an exit of a node and the node that it leads to. */
export interface Connection {
  node: string;
  port: string;
  /** What the exit is called. */
  label: string;
  target: string;
}

export interface FlowDifference {
  /** Ids of the start nodes when they differ. */
  start: { before: string; after: string } | null;
  nodes: NodeDifference[];
  added: Connection[];
  removed: Connection[];
}

/** What something outside the flow is called; undefined: nobody knows it. */
export type NameOf = (kind: ReferenceKind, id: string) => string | undefined;

/** Nodes in the order of `after`, removed ones last. */
export function differenceOf(
  before: FlowDocument,
  after: FlowDocument,
  types: NodeTypes,
  nameOf: NameOf = () => undefined,
): FlowDifference {
  const [old, now] = [readNodes(before, types), readNodes(after, types)];
  const nodes: NodeDifference[] = [];
  for (const [node, read] of now) {
    const was = old.get(node);
    if (!was) nodes.push({ node, title: read.title, how: 'added', fields: [] });
    else {
      const fields = fieldDifferences(was, read, nameOf);
      if (fields.length > 0) nodes.push({ node, title: read.title, how: 'changed', fields });
    }
  }
  for (const [node, { title }] of old) if (!now.has(node)) nodes.push({ node, title, how: 'removed', fields: [] });
  return {
    start: before.start === after.start ? null : { before: before.start, after: after.start },
    nodes,
    added: connectionsBut(now, old),
    removed: connectionsBut(old, now),
  };
}

/** One change as a sentence. */
export interface ChangeLine {
  /** Where it is to be seen; null: in the flow as a whole. */
  node: string | null;
  text: string;
}

/** Every change, in the order in which people would look at it. */
export function linesOf(
  { start, nodes, added, removed }: FlowDifference,
  before: FlowDocument,
  after: FlowDocument,
  types: NodeTypes,
): ChangeLine[] {
  const titleIn = ({ nodes: all }: FlowDocument, id: string) => {
    const node = all[id];
    return node ? (node.title ?? types.get(node.type)?.title ?? node.type) : id;
  };
  const gone = new Set(nodes.filter(({ how }) => how === 'removed').map(({ node }) => node));
  const connection = (flow: FlowDocument, { node, label, target }: Connection) =>
    `“${titleIn(flow, node)}”的“${label}”到“${titleIn(flow, target)}”`;
  return [
    ...(start
      ? [{ node: after.start, text: `开始节点：“${titleIn(before, start.before)}” → “${titleIn(after, start.after)}”` }]
      : []),
    ...nodes.flatMap(({ node, title, how, fields }): ChangeLine[] => {
      if (how === 'added') return [{ node, text: `新增“${title}”` }];
      if (how === 'removed') return [{ node, text: `删除“${title}”` }];
      return fields.map(({ label, before: was, after: is }) => {
        return { node, text: `“${title}”的${label}：${was ?? '（空）'} → ${is ?? '（空）'}` };
      });
    }),
    ...added.map((each) => ({ node: each.node, text: `新增连线：${connection(after, each)}` })),
    ...removed
      .filter(({ node }) => !gone.has(node))
      .map((each) => ({ node: each.node, text: `删除连线：${connection(before, each)}` })),
  ];
}

interface ReadNode {
  type: string;
  typeTitle: string;
  title: string;
  /** With what the node takes where nothing is set; as it stands when it can't be read. */
  config: unknown;
  form: readonly Field[];
  ports: readonly Port[];
  next: Readonly<Record<string, string>>;
}

function readNodes({ nodes }: FlowDocument, types: NodeTypes): Map<string, ReadNode> {
  return new Map(
    Object.entries(nodes).map(([id, { type, title, config, next }]) => {
      const definition = types.get(type);
      const typeTitle = definition?.title ?? type;
      return [id, { type, typeTitle, title: title ?? typeTitle, next, ...readConfig(definition, config) }];
    }),
  );
}

function readConfig(definition: NodeDefinition | undefined, raw: unknown): Pick<ReadNode, 'config' | 'form' | 'ports'> {
  const form = definition?.form ?? [];
  const parsed = definition?.config.safeParse(raw ?? {});
  if (!definition || !parsed?.success) return { config: raw, form, ports: [] };
  return { config: parsed.data, form, ports: definition.ports(parsed.data) };
}

function connectionsBut(of: ReadonlyMap<string, ReadNode>, but: ReadonlyMap<string, ReadNode>): Connection[] {
  return [...of].flatMap(([node, { next, ports }]) =>
    Object.entries(next).flatMap(([port, target]) => {
      const others = but.get(node)?.next;
      if (others && Object.hasOwn(others, port) && others[port] === target) return [];
      return [{ node, port, target, label: ports.find(({ name }) => name === port)?.label ?? port }];
    }),
  );
}

/** A field's value: compared as it is stored, told in words. */
interface Told {
  label: string;
  stored: string;
  words: string;
}

function fieldDifferences(before: ReadNode, after: ReadNode, nameOf: NameOf): FieldDifference[] {
  const [old, now] = [toldOf(before, nameOf), toldOf(after, nameOf)];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((field) => {
    const [was, is] = [old.get(field), now.get(field)];
    if (was?.stored === is?.stored) return [];
    return [{ field, label: (is ?? was)?.label ?? field, before: was?.words ?? null, after: is?.words ?? null }];
  });
}

function toldOf({ title, type, typeTitle, form, config }: ReadNode, nameOf: NameOf): Map<string, Told> {
  const told = new Map<string, Told>([
    ['title', { label: '节点名称', stored: title, words: title }],
    ['type', { label: '节点类型', stored: type, words: typeTitle }],
  ]);
  for (const { field, path, value } of filledFields(form, config))
    told.set(`config.${path.join('.')}`, {
      ...{ label: labelAt(form, path), stored: JSON.stringify(value) ?? '' },
      words: wordsFor(field, value, nameOf),
    });
  return told;
}

/** 按键第 1 行名称 */
function labelAt(form: readonly Field[], [name, row, ...inRow]: Filled['path']): string {
  const field = form.find((each) => each.name === name);
  if (!field) return String(name);
  if (typeof row !== 'number') return field.label;
  return `${field.label}第 ${row + 1} 行${inRow.length > 0 ? labelAt(field.fields ?? [], inRow) : ''}`;
}

function wordsFor({ kind, choices }: Field, value: unknown, nameOf: NameOf): string {
  switch (kind) {
    case 'flag':
      return value === true ? '是' : '否';
    case 'choice':
      return choices?.find((choice) => choice.value === value)?.label ?? String(value);
    case 'seconds':
      return `${value} 秒`;
    case 'milliseconds':
      return `${value} 毫秒`;
    case 'queue':
    case 'person':
    case 'access_code':
    case 'flow':
      return nameOf(kind, String(value)) ?? '已停用或不存在';
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}
