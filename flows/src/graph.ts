/** A flow as data, and as it runs: nodes, and for each exit the node it leads to. */
import { type FlowDocument, flowDocument } from '@rexian/contracts';
import { z } from 'zod';
import { valuesOf } from './fields.ts';
import type { Field, NodeDefinition, Port } from './node.ts';
import { piecesOf, promptsIn } from './templates.ts';
import type { NodeTypes } from './types.ts';

export { type FlowDocument, flowDocument };

export interface FlowNode {
  type: string;
  title: string;
  config: unknown;
  next: Readonly<Record<string, string>>;
  ports: readonly Port[];
  definition: NodeDefinition;
}
export interface FlowGraph {
  start: string;
  nodes: ReadonlyMap<string, FlowNode>;
}

/** Something that people should know of a flow. */
export interface Finding {
  /** null: of the flow as a whole. */
  node: string | null;
  /** The exit or the field (names joined by dots) that it is about. */
  port?: string;
  field?: string;
  /** Chinese, a whole sentence without the node's name. */
  message: string;
}

export interface Reading extends FlowGraph {
  faults: Finding[];
  /** Nodes whose configuration has faults, as far as others depend on them: their configuration as it stands. */
  unread: ReadonlyMap<string, Pick<FlowNode, 'config' | 'next' | 'definition'>>;
}

const { localeError } = z.locales.zhCN();

/** What is said of a value that doesn't fit, in the words of those who fill in forms. */
function error(issue: z.core.$ZodRawIssue): ReturnType<typeof localeError> {
  if (issue.input === undefined || issue.input === '') return '请填写';
  const { code, origin } = issue;
  if (code === 'too_small' && origin === 'array') return `至少填写 ${issue.minimum} 行`;
  if (code === 'too_small' && origin === 'number') return `不能小于 ${issue.minimum}`;
  if (code === 'too_big' && origin === 'array') return `不能超过 ${issue.maximum} 行`;
  if (code === 'too_big' && origin === 'string') return `不能超过 ${issue.maximum} 个字`;
  if (code === 'too_big' && origin === 'number') return `不能大于 ${issue.maximum}`;
  return localeError(issue);
}

/** Reads a flow as far as it can be read; a flow with faults can't run. */
export function readFlow(document: unknown, types: NodeTypes): Reading {
  const parsed = flowDocument.safeParse(document, { error });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => shapeFault(path, message));
    return { start: '', nodes: new Map(), unread: new Map(), faults };
  }
  const flow = parsed.data;
  const faults: Finding[] = [];
  const nodes = new Map<string, FlowNode>();
  const unread = new Map<string, Pick<FlowNode, 'config' | 'next' | 'definition'>>();
  const ids = new Set(Object.keys(flow.nodes));
  if (!ids.has(flow.start)) faults.push({ node: null, message: '没有设置开始节点' });
  for (const [id, { type, title, config: raw, next }] of Object.entries(flow.nodes)) {
    const definition = types.get(type);
    if (!definition) {
      faults.push({ node: id, message: `没有“${type}”这种节点` });
      continue;
    }
    const config = definition.config.safeParse(raw ?? {}, { error });
    if (!config.success) {
      unread.set(id, { config: raw, next, definition });
      for (const { path, message } of config.error.issues)
        faults.push({ node: id, field: path.join('.'), message: `${labelOf(definition.form, path)}：${message}` });
      continue;
    }
    const ports = definition.ports(config.data);
    const node = { type, title: title ?? definition.title, config: config.data, next, ports, definition };
    nodes.set(id, node);
    faults.push(...connectionFaults(id, node, ids));
  }
  return { start: flow.start, nodes, unread, faults };
}

function shapeFault(path: readonly PropertyKey[], message: string): Finding {
  const [root, node] = path;
  if (root === undefined) return { node: null, message: `不是流程：${message}` };
  if (root !== 'nodes' || typeof node !== 'string')
    return { node: null, message: `${root === 'start' ? '开始节点' : '节点'}：${message}` };
  return { node, field: path.slice(2).join('.'), message };
}

/** The words for a place in a configuration. */
function labelOf(form: readonly Field[], [name, ...rest]: readonly PropertyKey[]): string {
  const field = form.find((each) => each.name === name);
  if (!field) return '配置';
  const [row, ...inRow] = rest;
  if (!field.fields || typeof row !== 'number') return field.label;
  return `${field.label}第 ${row + 1} 行${inRow.length > 0 ? labelOf(field.fields, inRow) : ''}`;
}

function connectionFaults(id: string, { next, ports }: FlowNode, all: ReadonlySet<string>): Finding[] {
  const open = ports
    .filter(({ name, instead }) => instead === undefined && !Object.hasOwn(next, name))
    .map(({ name, label }) => ({ node: id, port: name, message: `出口“${label}”没有连接` }));
  const wrong = Object.entries(next).flatMap(([name, target]) => {
    const port = ports.find((each) => each.name === name);
    if (!port) return [{ node: id, port: name, message: `没有出口“${name}”，请删除这条连线` }];
    return all.has(target) ? [] : [{ node: id, port: name, message: `出口“${port.label}”连向的节点不存在` }];
  });
  return [...open, ...wrong];
}

/** Reads a stored flow. Throws an Error that lists everything wrong with it. */
export function readGraph(document: unknown, types: NodeTypes): FlowGraph {
  const { start, nodes, faults } = readFlow(document, types);
  if (faults.length === 0) return { start, nodes };
  const lines = faults.map(({ node, message }) => `${node ?? 'flow'}: ${message}`);
  throw new Error(`flow is not valid: ${lines.join('; ')}`);
}

/** Every text of a flow that is known beforehand, so that no first caller waits for speech. */
export const flowTexts = (graph: FlowGraph): string[] =>
  promptTexts(graph).flatMap((text) =>
    piecesOf(text).flatMap((piece) => ('text' in piece && !piece.text.includes('{') ? [piece.text] : [])),
  );

/** Names of the library's prompts that a flow speaks, each once. */
export const flowPrompts = (graph: FlowGraph): string[] => [...new Set(promptTexts(graph).flatMap(promptsIn))];

const promptTexts = ({ nodes }: FlowGraph): string[] =>
  [...nodes.values()].flatMap(
    ({ definition, config }) => definition.texts?.(config) ?? valuesOf(definition.form, config, 'prompt'),
  );

type Exits = Pick<FlowNode, 'next' | 'ports'>;

/** Where an exit leads, or what is taken in its place; undefined: nowhere. */
export function nextOf(node: Exits, exit: string): string | undefined {
  const taken = exitTaken(node, exit);
  return taken === undefined ? undefined : node.next[taken];
}

/** The connected exit by which a node is left at `exit`; undefined: there is none. */
export function exitTaken({ next, ports }: Exits, exit: string): string | undefined {
  if (Object.hasOwn(next, exit)) return exit;
  const instead = ports.find(({ name }) => name === exit)?.instead;
  return instead == null || instead === exit ? undefined : exitTaken({ next, ports }, instead);
}
