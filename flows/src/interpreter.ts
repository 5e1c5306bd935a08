/**
 * Walks a flow on a host. Knows nothing of channels; where it stands is told to `onEnter` before each node runs, and from there another
 * process can go on.
 */
import { evaluate } from './expressions.ts';
import { fillTexts } from './fields.ts';
import type { FlowHost } from './flow-host.ts';
import { type FlowGraph, type FlowNode, nextOf } from './graph.ts';
import { FlowLeft } from './host.ts';
import type { Exit } from './node.ts';
import { type Facts, plainValue, type Scope, scopeOf, type Value, type Variables } from './variables.ts';

/** A flow that circles is cut off after so many nodes. */
const MAX_NODES = 500;
/** Flows inside each other. */
const MAX_DEPTH = 8;
const MAX_VARIABLES = 100;
/** Where a flow goes on after the flow that it went into. */
const AFTER = 'done';
const FAILED = 'failed';
/** What callers hear before a call that can't go on is ended. */
export const APOLOGY = '系统繁忙，请稍后再拨。';

/** A flow that was gone into. */
export interface Frame {
  flowId: string;
  version: number;
  /** The node of the flow around it that went into it. */
  node: string;
}

/** Where a flow stands. */
export interface FlowState {
  /** Of the innermost flow; null: its start. */
  node: string | null;
  variables: Variables;
  /** The innermost flow last; empty: the outermost runs. */
  stack: readonly Frame[];
}

/** How a node was left for the next one of the same flow. */
export interface Step {
  node: string;
  exit: string;
  /** When that node was entered, with the flows that it went into; null: another process knew. */
  since: Date | null;
}

export interface FlowEntry extends FlowState {
  node: string;
  definition: FlowNode;
  /** null: the flow begins here, or goes on from where it stood. */
  from: Step | null;
}

export interface FlowRun {
  /** The outermost flow. */
  graph: FlowGraph;
  host: FlowHost;
  from: FlowState;
  signal: AbortSignal;
  onEnter(entry: FlowEntry): Promise<void>;
}

/** `failed`: it could not go on; the caller has heard an apology. */
export type FlowEnd = { how: 'ended' } | { how: 'failed'; node: string | null; error: unknown };

/** The begin of a flow. */
export const atStart: FlowState = { node: null, variables: {}, stack: [] };

/**
 * Resolves when the flow has come to its end. Rejects only with the signal's reason when the caller left, and with what a host threw to
 * leave (FlowLeft).
 */
export async function runFlow(run: FlowRun): Promise<FlowEnd> {
  const walk = new Walk(run);
  try {
    await walk.begin();
    while (await walk.step());
    return { how: 'ended' };
  } catch (error) {
    run.signal.throwIfAborted();
    if (error instanceof FlowLeft) throw error;
    const { host, signal } = run;
    await host.trouble(walk.node ?? '', error);
    signal.throwIfAborted();
    await host.play({ text: APOLOGY, bargeIn: false, signal }).catch((cause) => host.trouble(walk.node ?? '', cause));
    signal.throwIfAborted();
    return { how: 'failed', node: walk.node, error };
  }
}

interface Level {
  frame: Frame | null;
  graph: FlowGraph;
  /** When its current node was entered; null: by another process. */
  since: Date | null;
}

class Walk {
  readonly #run: FlowRun;
  #levels: Level[];
  #variables: Record<string, Value>;
  #facts: Facts | null = null;
  #steps = 0;
  #from: Step | null = null;
  node: string | null;

  constructor(run: FlowRun) {
    this.#run = run;
    this.#levels = [{ frame: null, graph: run.graph, since: null }];
    this.#variables = { ...run.from.variables };
    this.node = run.from.node;
  }

  async begin(): Promise<void> {
    const { host, from } = this.#run;
    this.#facts = await host.facts();
    for (const frame of from.stack) {
      const { graph } = await host.flow(frame.flowId, frame.version);
      this.#levels.push({ frame, graph, since: null });
    }
    const { graph } = this.#level;
    if (this.node === null || !graph.nodes.has(this.node)) this.node = graph.start;
  }

  get #level(): Level {
    return this.#levels.at(-1) as Level;
  }

  /** Runs one node; false: that was the last. */
  async step(): Promise<boolean> {
    const { signal, onEnter } = this.#run;
    signal.throwIfAborted();
    const id = this.node ?? '';
    const node = this.#level.graph.nodes.get(id);
    if (!node) throw new Error(`there is no node '${id}'`);
    if (this.#steps++ >= MAX_NODES) throw new Error(`the flow passed ${MAX_NODES} nodes without an end`);
    const stack = this.#levels.flatMap(({ frame }) => frame ?? []);
    // Where it goes on it had been before.
    this.#level.since = this.#steps === 1 && this.#run.from.node !== null ? null : this.#run.host.now();
    await onEnter({ node: id, definition: node, variables: { ...this.#variables }, stack, from: this.#from });
    const exit = await this.#runNode(id, node);
    signal.throwIfAborted();
    return this.#leave(id, node, exit);
  }

  async #runNode(nodeId: string, node: FlowNode): Promise<Exit> {
    const { host, signal } = this.#run;
    const { definition, next } = node;
    try {
      return await definition.run(fillTexts(definition.form, node.config, this.#scope()), {
        ...{ nodeId, host, signal },
        exits: new Set(Object.keys(next)),
        evaluate: (source) => evaluate(source, this.#scope()),
        set: (name, value) => this.#set(name, value),
      });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof FlowLeft || nextOf(node, FAILED) === undefined) throw error;
      await host.trouble(nodeId, error);
      return FAILED;
    }
  }

  async #leave(id: string, node: FlowNode, exit: Exit): Promise<boolean> {
    if (typeof exit === 'string') return this.#goTo(id, node, exit);
    switch (exit.go) {
      case 'end':
        return false;
      case 'into':
        return this.#goInto(id, node, exit.flowId);
      case 'back': {
        const { frame } = this.#level;
        if (!frame) return false;
        this.#levels.pop();
        this.node = frame.node;
        const around = this.#level.graph.nodes.get(frame.node);
        if (!around) throw new Error(`there is no node '${frame.node}' to come back to`);
        return this.#goTo(frame.node, around, AFTER);
      }
    }
  }

  #goTo(id: string, node: FlowNode, exit: string): true {
    const next = nextOf(node, exit);
    if (next === undefined) throw new Error(`exit '${exit}' leads nowhere`);
    this.#from = { node: id, exit, since: this.#level.since };
    this.node = next;
    return true;
  }

  async #goInto(id: string, node: FlowNode, flowId: string): Promise<boolean> {
    const { host, signal } = this.#run;
    try {
      if (this.#levels.length > MAX_DEPTH) throw new Error(`more than ${MAX_DEPTH} flows inside each other`);
      const { version, graph } = await host.flow(flowId, null);
      this.#levels.push({ frame: { flowId, version, node: id }, graph, since: null });
      this.#from = null;
      this.node = graph.start;
      return true;
    } catch (error) {
      signal.throwIfAborted();
      if (nextOf(node, FAILED) === undefined) throw error;
      await host.trouble(id, error);
      return this.#goTo(id, node, FAILED);
    }
  }

  #scope(): Scope {
    if (!this.#facts) throw new Error('the flow has not begun');
    return scopeOf(this.#variables, this.#facts, this.#run.host.now());
  }

  #set(name: string, raw: Value): void {
    const value = plainValue(raw);
    if (value === undefined || value === null) delete this.#variables[name];
    else if (Object.hasOwn(this.#variables, name) || Object.keys(this.#variables).length < MAX_VARIABLES)
      this.#variables[name] = value;
  }
}
