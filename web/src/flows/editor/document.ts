/** Changes of a drawn flow. Each gives a new document that shares what it left alone with the old one; nothing knows the screen. */
import { type FlowDocument, type FlowNodeDocument, flowDocument } from '@rexian/contracts';
import type { Port } from '@rexian/flows/node.ts';
import { z } from 'zod';
import { portsOf } from '../canvas/exits.ts';
import { GRID, type Place } from '../canvas/layout.ts';
import { nodeTypes } from '../registry.ts';

export interface NewNode {
  type: string;
  at: Place;
  config?: unknown;
  /** The exit that is to lead to it. */
  after?: { node: string; port: string };
}

/** Nodes on their way through the clipboard, with the connections among them. */
export interface Clipboard {
  format: typeof CLIPBOARD;
  nodes: Record<string, FlowNodeDocument>;
}

const CLIPBOARD = 'rexian-flow-nodes';
const clipboard = z.object({ format: z.literal(CLIPBOARD), nodes: flowDocument.shape.nodes });

export const setConfig = (document: FlowDocument, id: string, config: unknown): FlowDocument =>
  withNode(document, id, (node) => ({ ...node, config, next: carried(node, config) }));

export const setTitle = (document: FlowDocument, id: string, title: string | undefined): FlowDocument =>
  withNode(document, id, ({ title: _before, ...node }) => (title === undefined ? node : { ...node, title }));

export const setStart = (document: FlowDocument, id: string): FlowDocument =>
  id === document.start || !Object.hasOwn(document.nodes, id) ? document : { ...document, start: id };

/** The first node of a flow is where it begins. */
export function addNode(
  document: FlowDocument,
  { type, at, config = {}, after }: NewNode,
): { document: FlowDocument; id: string } {
  const id = newId(type, document.nodes);
  const nodes = { ...document.nodes, [id]: { type, config, next: {}, at } };
  const start = Object.hasOwn(document.nodes, document.start) ? document.start : id;
  const added = { start, nodes };
  return { document: after ? connect(added, after.node, after.port, id) : added, id };
}

/** Nothing leads to them any more. */
export function removeNodes(document: FlowDocument, ids: ReadonlySet<string>): FlowDocument {
  if (![...ids].some((id) => Object.hasOwn(document.nodes, id))) return document;
  const kept = Object.entries(document.nodes).filter(([id]) => !ids.has(id));
  const leadsTo = (to: string) => ids.has(to);
  return {
    ...document,
    nodes: Object.fromEntries(kept.map(([id, node]) => [id, without(node, (_port, to) => leadsTo(to))])),
  };
}

/** `target` null: leads nowhere. */
export const connect = (document: FlowDocument, id: string, port: string, target: string | null): FlowDocument =>
  target !== null && !Object.hasOwn(document.nodes, target)
    ? document
    : withNode(document, id, (node) => {
        if (target === null) return without(node, (name) => name === port);
        return node.next[port] === target ? node : { ...node, next: { ...node.next, [port]: target } };
      });

export function moveNodes(document: FlowDocument, places: ReadonlyMap<string, Place>): FlowDocument {
  const moved = [...places].flatMap(([id, { x, y }]) => {
    const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
    return !node || (node.at?.x === x && node.at.y === y) ? [] : [[id, { ...node, at: { x, y } }] as const];
  });
  return moved.length === 0 ? document : { ...document, nodes: { ...document.nodes, ...Object.fromEntries(moved) } };
}

export function copyNodes({ nodes }: FlowDocument, ids: ReadonlySet<string>): Clipboard {
  const chosen = Object.entries(nodes).filter(([id]) => ids.has(id));
  const copied = chosen.map(([id, node]) => [id, without(node, (_port, to) => !ids.has(to))] as const);
  return { format: CLIPBOARD, nodes: structuredClone(Object.fromEntries(copied)) };
}

/** null: the text is no copied nodes. */
export function readClipboard(text: string): Clipboard | null {
  try {
    const { success, data } = clipboard.safeParse(JSON.parse(text));
    return success && Object.keys(data.nodes).length > 0 ? (data as Clipboard) : null;
  } catch {
    return null;
  }
}

/** The nodes under new ids, the upper left corner of them all at `at`. */
export function paste(
  document: FlowDocument,
  { nodes: copied }: Clipboard,
  at: Place,
): { document: FlowDocument; ids: string[] } {
  const taken: Record<string, unknown> = { ...document.nodes };
  const ids = new Map<string, string>();
  for (const [old, { type }] of Object.entries(copied)) {
    const id = newId(type, taken);
    taken[id] = true;
    ids.set(old, id);
  }
  const corner = cornerOf(Object.values(copied));
  const pasted = Object.entries(copied).map(([old, node]) => {
    const next = Object.entries(node.next).flatMap(([port, to]) => {
      const target = ids.get(to);
      return target ? [[port, target]] : [];
    });
    const { x, y } = node.at ?? corner;
    const place = { x: x - corner.x + at.x, y: y - corner.y + at.y };
    return [ids.get(old) ?? old, { ...structuredClone(node), next: Object.fromEntries(next), at: place }] as const;
  });
  const nodes = { ...document.nodes, ...Object.fromEntries(pasted) };
  const start = Object.hasOwn(document.nodes, document.start) ? document.start : (pasted[0]?.[0] ?? document.start);
  return { document: { start, nodes }, ids: [...ids.values()] };
}

/** The upper left corner of nodes; 0, 0 when none has a place. */
export function cornerOf(nodes: readonly FlowNodeDocument[]): Place {
  const places = nodes.flatMap(({ at }) => at ?? []);
  if (places.length === 0) return { x: 0, y: 0 };
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
}

export const onGrid = ({ x, y }: Place): Place => ({ x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID });

function withNode(
  document: FlowDocument,
  id: string,
  change: (node: FlowNodeDocument) => FlowNodeDocument,
): FlowDocument {
  const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
  const changed = node && change(node);
  return !changed || changed === node ? document : { ...document, nodes: { ...document.nodes, [id]: changed } };
}

function without(node: FlowNodeDocument, gone: (port: string, to: string) => boolean): FlowNodeDocument {
  const next = Object.entries(node.next);
  const kept = next.filter(([port, to]) => !gone(port, to));
  return kept.length === next.length ? node : { ...node, next: Object.fromEntries(kept) };
}

/** Not the next number: a node that has gone is another one in histories and statistics. */
function newId(type: string, taken: Readonly<Record<string, unknown>>): string {
  const begin = /^[A-Za-z0-9][\w-]{0,30}/.exec(type)?.[0] ?? 'node';
  for (;;) {
    const id = `${begin}_${Math.random().toString(36).slice(2, 8)}`;
    if (!Object.hasOwn(taken, id)) return id;
  }
}

/** Connections follow their exit when its row moves or gets another key, and go with a row that is taken out. */
function carried({ type, config: before, next }: FlowNodeDocument, after: unknown): FlowNodeDocument['next'] {
  const definition = nodeTypes.get(type);
  if (!definition || Object.keys(next).length === 0) return next;
  const [old, now] = [portsOf(definition, before), portsOf(definition, after)];
  if (now.length === 0) return next;
  const names = renamed(old, now);
  const carriedOver = Object.entries(next).flatMap(([port, to]) => {
    const name = names.has(port) ? names.get(port) : port;
    return name === null || name === undefined ? [] : [[name, to]];
  });
  return Object.fromEntries(carriedOver);
}

/** What each exit is called now; null: it has gone. The label says which is which; where it can't, the name; and what alone is left over. */
function renamed(old: readonly Port[], now: readonly Port[]): Map<string, string | null> {
  const names = new Map<string, string | null>();
  const free = new Set(now.map(({ name }) => name));
  const take = ({ name }: Port, to: string | undefined) => {
    if (to === undefined || names.has(name) || !free.delete(to)) return;
    names.set(name, to);
  };
  for (const port of old) if (only(old, port.label)) take(port, only(now, port.label)?.name);
  for (const port of old) take(port, port.name);
  const left = old.filter(({ name }) => !names.has(name));
  const [first] = left;
  if (first && left.length === 1 && free.size === 1) take(first, [...free][0]);
  for (const { name } of left) if (!names.has(name)) names.set(name, old.length > now.length ? null : name);
  return names;
}

function only(ports: readonly Port[], label: string): Port | undefined {
  const found = ports.filter((port) => port.label === label);
  return found.length === 1 ? found[0] : undefined;
}
