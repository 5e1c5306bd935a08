/** What is wrong with a flow, or looks wrong, before it is published. Linear in its nodes and connections. */

import { readExpression } from './expressions.ts';
import { filledFields, valuesOf, WITH_VARIABLES } from './fields.ts';
import { type Finding, type FlowGraph, type FlowNode, flowPrompts, nextOf, type Reading, readFlow } from './graph.ts';
import type { FieldKind, ReferenceKind } from './node.ts';
import { isSpokenKind } from './spoken.ts';
import { placesIn, promptsIn } from './templates.ts';
import type { NodeTypes } from './types.ts';
import { isFact } from './variables.ts';

/** What there is to point to: ids of what is in use and may be used by the flow's unit. */
export interface Known {
  queue: ReadonlySet<string>;
  person: ReadonlySet<string>;
  access_code: ReadonlySet<string>;
  /** Each published flow with those that it goes into. */
  flow: ReadonlyMap<string, readonly string[]>;
  /** Names in the 语音库 as the flow's unit hears it. */
  prompt: ReadonlySet<string>;
  /** Id of the flow that is checked; null: it has none yet. */
  self: string | null;
}

export interface Validation {
  /** A flow with one can't be published. */
  faults: Finding[];
  warnings: Finding[];
}

export interface Reference {
  kind: ReferenceKind | 'prompt';
  /** Of a prompt its name: which one it is depends on the unit of the call. */
  id: string;
}

/** What people call what nodes point to. */
export const REFERENCES: Readonly<Record<ReferenceKind, string>> = {
  queue: '技能组',
  person: '人员',
  access_code: '接入码',
  flow: '流程',
};
export const isReference = (kind: FieldKind): kind is ReferenceKind => Object.hasOwn(REFERENCES, kind);

/** `known` null: what the flow points to isn't looked at. */
export function validate(document: unknown, types: NodeTypes, known: Known | null): Validation {
  const { start, nodes, unread, faults } = readFlow(document, types);
  const graph = { start, nodes };
  const fields = fieldsOf(graph);
  const warnings = [...unreachable(graph, unread), ...unknownVariables(fields, unread), ...unspoken(fields)];
  faults.push(...circles(graph), ...expressions(fields));
  if (known) faults.push(...missing(fields, known), ...missingPrompts(fields, known), ...recursion(fields, known));
  return { faults, warnings };
}

/** Everything outside the flow that it points to, each once. */
export function referencesOf(graph: FlowGraph): Reference[] {
  const { nodes } = graph;
  const found = new Map(flowPrompts(graph).map((id): [string, Reference] => [`prompt ${id}`, { kind: 'prompt', id }]));
  for (const { definition, config } of nodes.values())
    for (const { field, value } of filledFields(definition.form, config))
      if (isReference(field.kind)) found.set(`${field.kind} ${value}`, { kind: field.kind, id: String(value) });
  return [...found.values()];
}

const targetsOf = (node: FlowNode): string[] => node.ports.flatMap(({ name }) => nextOf(node, name) ?? []);

function unreachable({ start, nodes }: FlowGraph, unread: Reading['unread']): Finding[] {
  const seen = new Set([start]);
  const targets = (id: string) => Object.values(unread.get(id)?.next ?? {});
  // A set that grows while it is walked is a queue that takes everything once.
  for (const id of seen) for (const target of [...targetsOfId(nodes, id), ...targets(id)]) seen.add(target);
  return [...nodes.keys()].filter((id) => !seen.has(id)).map((node) => ({ node, message: '从开始节点走不到这里' }));
}

function targetsOfId(nodes: FlowGraph['nodes'], id: string): string[] {
  const node = nodes.get(id);
  return node ? targetsOf(node) : [];
}

/** Circles of nodes in which nobody does anything: what has no way in from outside them, or none out, is taken away until none is left. */
function circles({ nodes }: FlowGraph): Finding[] {
  const idle = [...nodes].filter(([, { definition }]) => !definition.waits).map(([id]) => id);
  const forward = new Map(idle.map((id): [string, string[]] => [id, []]));
  const backward = new Map(idle.map((id): [string, string[]] => [id, []]));
  for (const [id, targets] of forward)
    for (const target of new Set(targetsOfId(nodes, id)))
      if (forward.has(target)) {
        targets.push(target);
        backward.get(target)?.push(id);
      }
  const left = peel(new Set(forward.keys()), forward, backward);
  return [...peel(left, backward, forward)].map((node) => ({
    node,
    message: '此处会无限循环，请在循环中加入按键、排队等需要等待的节点',
  }));
}

/** Takes away what nothing that is left leads to, again and again. */
function peel(
  left: Set<string>,
  forward: ReadonlyMap<string, readonly string[]>,
  backward: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const ways = new Map([...left].map((id) => [id, (backward.get(id) ?? []).filter((from) => left.has(from)).length]));
  const free = [...left].filter((id) => ways.get(id) === 0);
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    left.delete(id);
    for (const target of forward.get(id) ?? []) {
      if (!left.has(target)) continue;
      const rest = (ways.get(target) ?? 0) - 1;
      ways.set(target, rest);
      if (rest === 0) free.push(target);
    }
  }
  return left;
}

interface NodeField {
  node: string;
  kind: FieldKind;
  label: string;
  locals: readonly string[];
  /** Its path. */
  field: string;
  value: string;
}

function fieldsOf({ nodes }: FlowGraph): NodeField[] {
  const fields: NodeField[] = [];
  for (const [node, { definition, config }] of nodes)
    for (const { field, path, value } of filledFields(definition.form, config)) {
      const { kind, label, locals = [] } = field;
      fields.push({ node, kind, label, locals, field: path.join('.'), value: String(value) });
    }
  return fields;
}

function expressions(fields: readonly NodeField[]): Finding[] {
  return fields.flatMap(({ node, kind, label, field, value }) => {
    const read = kind === 'expression' ? readExpression(value) : null;
    return read && 'fault' in read ? [{ node, field, message: `${label}：${read.fault}` }] : [];
  });
}

/** Variables that nothing in this flow sets: a flow around it or inside it may. */
function unknownVariables(fields: readonly NodeField[], unread: Reading['unread']): Finding[] {
  const set = new Set([
    ...fields.filter(({ kind }) => kind === 'variable').map(({ value }) => value),
    ...[...unread.values()].flatMap(({ definition, config }) => valuesOf(definition.form, config, 'variable')),
  ]);
  return fields.flatMap(({ node, kind, label, locals, field, value }) => {
    const warn = (message: string) => ({ node, field, message: `${label}：${message}` });
    return namesIn(kind, value).flatMap(({ name, part, readAs }) => {
      if (locals.includes(name)) return [];
      if (!isFact(name, part) && (part !== undefined || !set.has(name)))
        return [warn(`没有变量“${part === undefined ? name : `${name}.${part}`}”`)];
      return readAs === undefined || isSpokenKind(readAs) ? [] : [warn(`没有“${readAs}”这种读法`)];
    });
  });
}

/** Variables that a field names. */
function namesIn(
  kind: FieldKind,
  value: string,
): { name: string; part: string | undefined; readAs?: string | undefined }[] {
  if (kind === 'expression') {
    const read = readExpression(value);
    return 'fault' in read ? [] : read.names;
  }
  if (!WITH_VARIABLES.has(kind)) return [];
  return placesIn(value).map(({ name, part, kind: readAs }) => ({ name, part, readAs }));
}

function missing(fields: readonly NodeField[], known: Known): Finding[] {
  return fields.flatMap(({ node, kind, field, value }) =>
    isReference(kind) && !known[kind].has(value) ? [{ node, field, message: `${REFERENCES[kind]}不存在或已停用` }] : [],
  );
}

function missingPrompts(fields: readonly NodeField[], known: Known): Finding[] {
  return promptNames(fields, 'prompt').flatMap(({ node, label, field, name }) =>
    known.prompt.has(name) ? [] : [{ node, field, message: `${label}：语音库中没有“${name}”` }],
  );
}

/** Prompts of the library where they can't be heard. */
function unspoken(fields: readonly NodeField[]): Finding[] {
  return promptNames(fields, 'template').map(({ node, label, field, name }) => {
    return { node, field, message: `${label}：语音“${name}”只能播放，不能写入文字` };
  });
}

const promptNames = (fields: readonly NodeField[], of: FieldKind) =>
  fields.flatMap(({ kind, value, ...field }) =>
    kind === of ? promptsIn(value).map((name) => ({ ...field, name })) : [],
  );

/** Sub-flows that lead back to this flow. */
function recursion(fields: readonly NodeField[], { flow: flows, self }: Known): Finding[] {
  if (self === null) return [];
  const leadsHere = (first: string): boolean => {
    const seen = new Set([first]);
    for (const id of seen) {
      if (id === self) return true;
      for (const next of flows.get(id) ?? []) seen.add(next);
    }
    return false;
  };
  return fields.flatMap(({ node, kind, field, value }) =>
    kind === 'flow' && leadsHere(value) ? [{ node, field, message: '子流程又会回到本流程，形成循环调用' }] : [],
  );
}
