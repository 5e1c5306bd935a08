/** From a BPMN 2.0 drawing to what runs: only what we execute is let in, everything else is named with the element it is about. */
import { z } from 'zod';
import { conditionFaults } from './facts.ts';
import type { BoundaryTimer, Finding, SequenceFlow, WorkflowGraph, WorkflowNode } from './graph.ts';
import { MAX_XML, type Moddle, parseBpmn, processesOf, settingsOf } from './moddle.ts';
import { actionSettings, endSettings, type Limits, taskSettings, waitSettings } from './settings.ts';
import { soundness } from './soundness.ts';
import { elementName } from './words.ts';

const MAX_NODES = 300;

/** `graph` is null when `faults` isn't empty: a drawing with faults can't run. */
export interface Reading {
  graph: WorkflowGraph | null;
  faults: Finding[];
}

const { localeError } = z.locales.zhCN();
const error = (issue: z.core.$ZodRawIssue) =>
  issue.input === undefined || issue.input === '' ? '请填写' : localeError(issue);

/** What settings are called, as far as their messages don't say it. */
const FIELDS: Readonly<Record<string, string>> = {
  ...{ assign: '办理人', outcomes: '办理结果', due: '办结时限', sign: '签收时限' },
  ...{ do: '处理', who: '通知', to: '紧急程度' },
};

/** Reads a drawing (BPMN 2.0 XML); never throws. */
export async function readWorkflow(xml: string): Promise<Reading> {
  const refused = (message: string): Reading => ({ graph: null, faults: [{ element: null, message }] });
  if (xml.length > MAX_XML) return refused('流程图过大');
  const definitions = await parseBpmn(xml);
  if (!definitions) return refused('不是有效的 BPMN 流程图');
  const [process, another] = processesOf(definitions);
  if (!process || another) return refused('流程图须有且仅有一个流程');
  const elements = process.flowElements ?? [];
  if (elements.length > MAX_NODES * 3) return refused(`流程图不能超过 ${MAX_NODES} 个元素`);
  return new Reader(elements).read();
}

/** By id, how people know the elements of a drawing; of one that can't be read: none. */
export async function namesIn(xml: string): Promise<ReadonlyMap<string, string>> {
  const definitions = await parseBpmn(xml);
  const elements = definitions ? processesOf(definitions).flatMap(({ flowElements }) => flowElements ?? []) : [];
  return new Map(elements.map((element) => [element.id, elementName(element)]));
}

class Reader {
  readonly #elements: readonly Moddle[];
  readonly #faults: Finding[] = [];
  readonly #flows = new Map<string, SequenceFlow>();
  readonly #timers = new Map<string, BoundaryTimer>();

  constructor(elements: readonly Moddle[]) {
    this.#elements = elements;
  }

  read(): Reading {
    for (const element of this.#of('bpmn:SequenceFlow')) this.#flow(element);
    for (const element of this.#of('bpmn:BoundaryEvent')) this.#boundary(element);
    const nodes = new Map<string, WorkflowNode>();
    for (const element of this.#elements) {
      const node = this.#node(element);
      if (node) nodes.set(node.id, node);
    }
    const starts = [...nodes.values()].filter(({ type }) => type === 'start');
    const [first] = starts;
    if (!first || starts.length > 1) this.#fault(null, '须有且仅有一个开始事件');
    if (![...nodes.values()].some(({ type }) => type === 'end')) this.#fault(null, '至少须有一个结束事件');
    const graph: WorkflowGraph = { start: first?.id ?? '', nodes, flows: this.#flows };
    this.#faults.push(...conditionFaults(graph, this.#faults.length === 0));
    if (this.#faults.length === 0) this.#faults.push(...lostHandlers(graph));
    if (this.#faults.length === 0) this.#faults.push(...ringsWithoutRest(graph), ...soundness(graph));
    return { graph: this.#faults.length === 0 ? graph : null, faults: this.#faults };
  }

  #of(type: string): Moddle[] {
    return this.#elements.filter(({ $type }) => $type === type);
  }

  #fault(element: string | null, message: string): void {
    this.#faults.push({ element, message });
  }

  #flow({ id, name = '', sourceRef, targetRef, conditionExpression }: Moddle): void {
    if (!sourceRef || !targetRef) {
      this.#fault(id, '连线两端须都连到环节');
      return;
    }
    const condition = conditionExpression?.body?.trim() || null;
    this.#flows.set(id, { id, title: name, from: sourceRef.id, to: targetRef.id, condition });
  }

  #boundary({ id, name = '', attachedToRef, cancelActivity, eventDefinitions, outgoing }: Moddle): void {
    const [flow, another] = outgoing ?? [];
    const isTimer = eventDefinitions?.length === 1 && eventDefinitions[0]?.$type === 'bpmn:TimerEventDefinition';
    if (!isTimer || cancelActivity === false) this.#fault(id, '边界事件只支持中断型定时');
    else if (!attachedToRef || !flow || another) this.#fault(id, '定时须有且仅有一条出口');
    else if (this.#timers.has(attachedToRef.id)) this.#fault(id, '一个环节只能有一个定时');
    else this.#timers.set(attachedToRef.id, { id, title: name, flow: flow.id });
  }

  #node(element: Moddle): WorkflowNode | null {
    const { id, $type, name = '' } = element;
    const incoming = (element.incoming ?? []).map((flow) => flow.id);
    const outgoing = (element.outgoing ?? []).map((flow) => flow.id);
    const base = { id, title: name.trim(), incoming, outgoing };
    const timer = this.#timers.get(id) ?? null;
    switch ($type) {
      case 'bpmn:SequenceFlow':
      case 'bpmn:BoundaryEvent':
      case 'bpmn:TextAnnotation':
      case 'bpmn:Association':
        return null;
      case 'bpmn:StartEvent':
        this.#exits(base, 0, 1);
        if (element.eventDefinitions?.length) this.#fault(id, '只支持普通开始事件');
        return { ...base, type: 'start' };
      case 'bpmn:EndEvent': {
        this.#exits(base, 1, 0);
        if (element.eventDefinitions?.length) this.#fault(id, '只支持普通结束事件');
        const settings = this.#settings(element, endSettings);
        return settings && { ...base, type: 'end', settings };
      }
      case 'bpmn:UserTask': {
        this.#exits(base, 1, 1);
        if (!base.title) this.#fault(id, '请填写环节名称');
        const settings = this.#settings(element, taskSettings);
        this.#timed(timer, settings);
        return settings && { ...base, type: 'task', settings, timer };
      }
      case 'bpmn:ReceiveTask': {
        this.#exits(base, 1, 1);
        const settings = this.#settings(element, waitSettings);
        this.#timed(timer, settings);
        return settings && { ...base, type: 'wait', settings, timer };
      }
      case 'bpmn:ServiceTask': {
        this.#exits(base, 1, 1);
        const settings = this.#settings(element, actionSettings);
        return settings && { ...base, type: 'action', settings };
      }
      case 'bpmn:ExclusiveGateway':
        return this.#choice(element, base);
      case 'bpmn:ParallelGateway':
        this.#exits(base, 1, null);
        return { ...base, type: 'parallel' };
      default:
        this.#fault(id, '不支持该元素');
        return null;
    }
  }

  /** `most`: null: at least one. */
  #exits(
    { id, incoming, outgoing }: Pick<WorkflowNode, 'id' | 'incoming' | 'outgoing'>,
    least: 0 | 1,
    most: 0 | 1 | null,
  ) {
    if (least === 1 && incoming.length === 0) this.#fault(id, '没有入口');
    if (least === 0 && incoming.length > 0) this.#fault(id, '不能有入口');
    if (most === 0 && outgoing.length > 0) this.#fault(id, '不能有出口');
    if (most !== 0 && outgoing.length === 0) this.#fault(id, '没有出口');
    if (most === 1 && outgoing.length > 1) this.#fault(id, '有多条出口，请用网关分支');
  }

  #choice(element: Moddle, base: Pick<WorkflowNode, 'id' | 'title' | 'incoming' | 'outgoing'>): WorkflowNode | null {
    this.#exits(base, 1, null);
    const { id, outgoing } = base;
    const [only] = outgoing;
    // One exit needs no condition: the gateway only joins.
    const fallback = element.default?.id ?? (outgoing.length === 1 ? only : undefined);
    if (fallback === undefined) {
      this.#fault(id, '须指定一条默认出口');
      return null;
    }
    for (const flow of outgoing)
      if (flow !== fallback && this.#flows.get(flow)?.condition === null) this.#fault(flow, '请填写条件');
    return { ...base, type: 'choice', fallback };
  }

  #timed(timer: BoundaryTimer | null, settings: { due: Limits } | null): void {
    if (timer && settings && Object.keys(settings.due).length === 0)
      this.#fault(timer.id, '所在环节没有办结时限，永远不会超时');
  }

  #settings<T>(element: Moddle, schema: z.ZodType<T>): T | null {
    const { id } = element;
    const json = settingsOf(element)?.json;
    let value: unknown = {};
    try {
      value = json ? JSON.parse(json) : {};
    } catch {
      this.#fault(id, '环节设置无法读取');
      return null;
    }
    const parsed = schema.safeParse(value, { error });
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const about = FIELDS[String(issue?.path[0])];
    this.#fault(id, `${about ? `${about}：` : ''}${issue?.message ?? '环节设置有误'}`);
    return null;
  }
}

/** Tasks of whoever handled a task that isn't there. */
const lostHandlers = ({ nodes }: WorkflowGraph): Finding[] =>
  [...nodes.values()].flatMap((node) => {
    if (node.type !== 'task' || node.settings.assign.to !== 'handler_of') return [];
    const isThere = nodes.get(node.settings.assign.node)?.type === 'task';
    return isThere ? [] : [{ element: node.id, message: '办理人：所选环节已不存在，请重新选择' }];
  });

/** Rings of gateways and actions alone: an order in one would go round at once and for ever. */
function ringsWithoutRest({ nodes, flows }: WorkflowGraph): Finding[] {
  const passed = new Set(['choice', 'parallel', 'action']);
  const done = new Set<string>();
  const findings: Finding[] = [];
  const visit = (id: string, path: Set<string>): void => {
    const node = nodes.get(id);
    if (!node || !passed.has(node.type) || done.has(id)) return;
    if (path.has(id)) return void findings.push({ element: id, message: '循环中须至少有一个办理环节' });
    path.add(id);
    for (const flow of node.outgoing) visit(flows.get(flow)?.to ?? '', path);
    path.delete(id);
    done.add(id);
  };
  for (const id of nodes.keys()) visit(id, new Set());
  return findings;
}
