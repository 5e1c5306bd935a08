/** 工单: registered while the caller talks, handed on by a workflow, answered, closed. What is done with one on its way: order-steps.ts. */
import { z } from 'zod';
import {
  cursor,
  errorCodes,
  id,
  instant,
  limit,
  milliseconds,
  numberSearch,
  page,
  personRef,
  requiredText,
  text,
  unitRef,
} from './common.ts';
import { storedFile } from './files.ts';
import { fieldValues, formField } from './order-forms.ts';
import { route } from './route.ts';
import { contactDirection } from './states/calls.ts';
import { arrivalState } from './states/exchange.ts';
import {
  dueLevel,
  orderEventType,
  orderRequestKind,
  orderRequestState,
  orderTaskKind,
  orderTaskState,
  orderUrgeKind,
  taskVerb,
  visitResult,
  workOrderDesk,
  workOrderKind,
  workOrderSource,
  workOrderState,
  workOrderUrgency,
} from './states/orders.ts';
import { taxpayerRef } from './taxpayers.ts';
import { workflowInForce } from './workflows.ts';

export const orderRevision = z.number().int().min(1).max(2_000_000_000);
export const ORDER_TEXT_MAX = 10_000;
const numberOrNone = z.string().regex(/^(?:\+?[0-9*#]{1,32})?$/, '号码只能包含数字');
const tags = z.array(requiredText(20, '标签不能为空')).max(10, '标签不能超过 10 个');

/** What is written down of an order. Empty text: not known yet. */
export const registration = z.object({
  /** Whose order it is: the unit whose workflow, calendar and form hold. */
  unitId: id,
  kind: workOrderKind.schema,
  source: workOrderSource.schema,
  categoryId: id.nullable(),
  urgency: workOrderUrgency.schema,
  /** The call that it is about. */
  contactId: id.nullable(),
  /** Whom to answer. null, here as below: as it is stored; at first as the call has it, without a call nobody. Empty: nobody. */
  callerNumber: numberOrNone.nullable(),
  callerName: text(40).nullable(),
  /** The caller wants to be known to nobody: neither number nor name is kept. */
  anonymous: z.boolean(),
  region: text(40),
  /** 社会信用代码 and name of the taxpayer it is about. */
  taxNumber: text(20)
    .regex(/^(?:[0-9A-Za-z]{15,20})?$/, '社会信用代码为 15 到 20 位字母或数字')
    .nullable(),
  taxName: text(100),
  /** Chosen from what 一户式查询 answered: in place of `taxNumber` and `taxName`, for as long as the answer is kept. */
  taxpayer: taxpayerRef.optional(),
  title: text(100),
  content: text(ORDER_TEXT_MAX),
  answer: text(ORDER_TEXT_MAX),
  tags,
  /** Values of the registration form, by key of the field. */
  fields: fieldValues.default({}),
  fileIds: z.array(id).max(20).default([]),
  /** When it reached the centre, for 补录 and other sources; null: when it is registered. */
  occurredAt: instant.nullable(),
  /** Reference of whoever sent it: the number of a letter, of the order at 12345. */
  reference: text(60),
  parentId: id.nullable().default(null),
});
export type Registration = z.infer<typeof registration>;

/** Where an order is handed to. Without a person: everybody of the unit's desk, or of the unit. */
export const orderTarget = z.object({
  unitId: id,
  desk: workOrderDesk.schema.nullable().default(null),
  personId: id.nullable().default(null),
});
export type OrderTarget = z.infer<typeof orderTarget>;
/** By node of the workflow, for those that whoever sends the order on decides about. */
export const orderTargets = z.record(z.string().max(100), orderTarget);

export const orderTask = z.object({
  id,
  node: z.string(),
  title: z.string(),
  kind: orderTaskKind.schema,
  state: orderTaskState.schema,
  unit: unitRef,
  desk: workOrderDesk.schema.nullable(),
  person: personRef.nullable(),
  arrivedAt: z.date(),
  signDueAt: z.date().nullable(),
  signedAt: z.date().nullable(),
  dueAt: z.date().nullable(),
  /** From then on `dueAt` is near (临期). */
  warnAt: z.date().nullable(),
  doneAt: z.date().nullable(),
  doneBy: personRef.nullable(),
  outcome: z.string(),
});
export type OrderTask = z.infer<typeof orderTask>;

/** A line of a list. */
export const orderRow = z.object({
  id,
  number: z.string(),
  unit: unitRef,
  kind: workOrderKind.schema,
  source: workOrderSource.schema,
  state: workOrderState.schema,
  urgency: workOrderUrgency.schema,
  category: z.string().nullable(),
  /** Empty for what the viewer may know of, but not read. */
  title: z.string(),
  confidential: z.boolean(),
  /** Masked; empty: there is none. */
  callerNumber: z.string(),
  callerName: z.string(),
  registeredBy: personRef.nullable(),
  registeredAt: z.date(),
  /** Of the whole order: the first of its parts. */
  dueAt: z.date().nullable(),
  warnAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  /** What lies where now; of the viewer's own first. */
  tasks: z.array(
    z.object({
      id,
      title: z.string(),
      state: orderTaskState.schema,
      kind: orderTaskKind.schema,
      unit: unitRef,
      person: personRef.nullable(),
      dueAt: z.date().nullable(),
      warnAt: z.date().nullable(),
      signDueAt: z.date().nullable(),
      mine: z.boolean(),
    }),
  ),
  /** 催办 and 督办 that wait for an answer. */
  urges: z.number().int(),
  /** What was asked for and waits for a decision, the oldest first. */
  asked: z.array(orderRequestKind.schema),
  revision: z.number().int(),
});
export type OrderRow = z.infer<typeof orderRow>;

export const orderEvent = z.object({
  id,
  at: z.date(),
  type: orderEventType.schema,
  /** What happened, in one short Chinese line. */
  title: z.string(),
  /** What the person wrote: opinion, reason, comment. */
  text: z.string(),
  person: personRef.nullable(),
  unit: unitRef.nullable(),
  taskId: id.nullable(),
});
export type OrderEvent = z.infer<typeof orderEvent>;

export const orderRequest = z.object({
  id,
  kind: orderRequestKind.schema,
  state: orderRequestState.schema,
  taskId: id,
  /** New deadline that is asked for, or how long it shall rest. */
  until: z.date().nullable(),
  reason: z.string(),
  askedBy: personRef,
  askedAt: z.date(),
  decidedBy: personRef.nullable(),
  decidedAt: z.date().nullable(),
  note: z.string(),
  can: z.object({ decide: z.boolean() }),
});
export type OrderRequest = z.infer<typeof orderRequest>;

export const orderUrge = z.object({
  id,
  kind: orderUrgeKind.schema,
  taskId: id.nullable(),
  unit: unitRef,
  by: personRef,
  at: z.date(),
  text: z.string(),
  answeredBy: personRef.nullable(),
  answeredAt: z.date().nullable(),
  answer: z.string(),
  can: z.object({ answer: z.boolean() }),
});
export type OrderUrge = z.infer<typeof orderUrge>;

/** What the viewer may do in a task now, and what it asks for. */
export const openTask = orderTask.extend({
  can: z.object({
    sign: z.boolean(),
    complete: z.boolean(),
    verbs: z.array(taskVerb.schema),
  }),
  /** Ways on, in the order of the drawing. */
  outcomes: z.array(z.string()),
  needs: z.array(z.enum(['opinion', 'answer', 'satisfaction'])),
  /** Where it can be returned to, the last one first. */
  returns: z.array(z.object({ node: z.string(), title: z.string() })),
  /** What the viewer has typed into it and not sent on yet. */
  draft: z.object({ opinion: z.string(), answer: z.string() }).nullable(),
});
export type OpenTask = z.infer<typeof openTask>;

export const arrivingFile = z.object({
  id,
  name: z.string(),
  bytes: z.number().int(),
  platform: z.string(),
  state: arrivalState.schema,
  /** Why the last attempt failed. */
  error: z.string().nullable(),
  /** Of the next attempt. */
  nextAt: z.date().nullable(),
});
export type ArrivingFile = z.infer<typeof arrivingFile>;

/** An order that this one has to do with. */
export const orderLink = z.object({
  id,
  number: z.string(),
  title: z.string(),
  state: workOrderState.schema,
  unit: unitRef,
});

/** The same, whose title is empty when the viewer can't read it: only that it exists and where is told. */
export const orderKin = orderLink.extend({ readable: z.boolean() });

export const orderDetail = orderRow.omit({ tasks: true, urges: true, asked: true }).extend({
  registration,
  /** Masked. */
  taxNumber: z.string(),
  immediate: z.boolean(),
  satisfaction: visitResult.schema.nullable(),
  suspendedUntil: z.date().nullable(),
  /** The form that it was registered with. */
  form: z.object({ fields: z.array(formField) }).nullable(),
  files: z.array(storedFile),
  /** Attachments that other platforms have told of, and that aren't here. */
  arriving: z.array(arrivingFile),
  workflow: z.object({ id, name: z.string(), version: z.number().int() }).nullable(),
  /** All there were, oldest first. */
  tasks: z.array(orderTask),
  /** Those that the viewer can do something in. */
  open: z.array(openTask),
  /** Oldest first. */
  trail: z.array(orderEvent),
  requests: z.array(orderRequest),
  urges: z.array(orderUrge),
  copies: z.array(z.object({ person: personRef, at: z.date(), readAt: z.date().nullable() })),
  parent: orderKin.nullable(),
  children: z.array(orderKin),
  /** The order that it was merged into. */
  mergedInto: orderKin.nullable(),
  can: z.object({
    /** What was registered, before the order is closed. */
    change: z.boolean(),
    withdraw: z.boolean(),
    comment: z.boolean(),
    /** Files, while it isn't over. */
    attach: z.boolean(),
    urge: z.boolean(),
    supervise: z.boolean(),
    manage: z.boolean(),
    merge: z.boolean(),
    reopen: z.boolean(),
    reveal: z.boolean(),
    call: z.boolean(),
  }),
});
export type OrderDetail = z.infer<typeof orderDetail>;

/**
 * 待办 / 在办 / 已办 of the viewer, 待办 by their deadlines; 待审批: requests that the viewer may decide; 催督办 that wait for the viewer; 抄送 to the
 * viewer; 暂存 of the viewer; all in reach.
 */
export const orderList = z.enum(['todo', 'asked', 'doing', 'done', 'urged', 'copied', 'drafts', 'all']);
export type OrderList = z.infer<typeof orderList>;

export const orderFilter = z.object({
  /** By when it was registered. */
  from: instant.optional(),
  to: instant.optional(),
  /** Orders of this unit and below. */
  unitId: id.optional(),
  /** Those that lie at this unit or below now. */
  atUnitId: id.optional(),
  /** Those that lie in this node of their workflow now. */
  node: text(100).optional(),
  states: z.array(workOrderState.schema).max(workOrderState.values.length).optional(),
  kinds: z.array(workOrderKind.schema).max(workOrderKind.values.length).optional(),
  sources: z.array(workOrderSource.schema).max(workOrderSource.values.length).optional(),
  urgencies: z.array(workOrderUrgency.schema).max(workOrderUrgency.values.length).optional(),
  /** With all below. */
  categoryId: id.optional(),
  due: dueLevel.schema.exclude(['normal']).optional(),
  number: numberSearch.optional(),
  orderNumber: text(40).optional(),
  taxNumber: text(20).optional(),
  registeredBy: id.optional(),
  /** Any part of title, content or answer, of two characters or more. */
  text: text(40).min(2, '请至少输入两个字').optional(),
});
export type OrderFilter = z.infer<typeof orderFilter>;

export const orderCounts = z.object({
  todo: z.number().int(),
  asked: z.number().int(),
  doing: z.number().int(),
  urged: z.number().int(),
  copied: z.number().int(),
  drafts: z.number().int(),
  near: z.number().int(),
  overdue: z.number().int(),
});
/** Counting stops here. */
export const ORDER_COUNT_LIMIT = 1_000;

/** A node of an order's workflow in which orders rest, and the last that happened there. */
export const drawnNode = z.object({
  node: z.string(),
  title: z.string(),
  /** null: the order hasn't been there. */
  state: orderTaskState.schema.nullable(),
  since: z.date().nullable(),
  doneAt: z.date().nullable(),
  dueAt: z.date().nullable(),
  warnAt: z.date().nullable(),
  unit: unitRef.nullable(),
  person: personRef.nullable(),
  /** Can be jumped to. */
  isTask: z.boolean(),
  /** By the drawing nobody has it: whoever sends an order there says who. */
  isChosen: z.boolean(),
});
export type DrawnNode = z.infer<typeof drawnNode>;

/** How long orders lie in a node. Assisting parts don't count. */
export const bottleneck = z.object({
  kind: workOrderKind.schema,
  node: z.string(),
  title: z.string(),
  /** What lies there now, how much of it nobody has signed for, is near its deadline, and is late. */
  waiting: z.number().int(),
  unsigned: z.number().int(),
  near: z.number().int(),
  overdue: z.number().int(),
  /** Arrival of what lies there longest. */
  oldest: z.date().nullable(),
  /** Done today and in the 30 days before, and how long it had lain there, to within 5 %. */
  done: z.number().int(),
  medianMs: milliseconds.nullable(),
  p90Ms: milliseconds.nullable(),
});
export type Bottleneck = z.infer<typeof bottleneck>;
export const BOTTLENECK_DAYS = 30;

/** An order that may be about the same. */
export const similarOrder = orderLink.extend({
  kind: workOrderKind.schema,
  registeredAt: z.date(),
  /** `caller`: from the same number; `maybe_caller`: the same taxpayer or name; `text`: the same words. */
  by: z.enum(['caller', 'maybe_caller', 'text']),
  /** 0…1, of the texts' bigrams. */
  likeness: z.number(),
});
export type SimilarOrder = z.infer<typeof similarOrder>;

/** A node that an order comes to next. */
export const nextNode = z.object({
  node: z.string(),
  title: z.string(),
  /** Where it goes by the drawing; null: whoever sends the order on says so. */
  to: z.object({ unit: unitRef, desk: workOrderDesk.schema.nullable(), person: personRef.nullable() }).nullable(),
});
export type NextNode = z.infer<typeof nextNode>;

const { NOT_FOUND, REFUSED, CHANGED } = errorCodes;
const tag = 'orders';
const person = { tag, by: 'person' } as const;
const reader = ['work_orders.read'] as const;
const register = ['work_orders.register'] as const;

export const orders = {
  /** What is known when a registration opens: of the call, of its caller, and of what they asked before. */
  prefill: route(register, { method: 'GET', path: '/orders/prefill', summary: '登记预填', ...person })
    .errors({ NOT_FOUND })
    .input(z.object({ contactId: id.nullable().default(null) }))
    .output(
      z.object({
        registration,
        /** Masked. */
        callerNumber: z.string(),
        /** The draft or order that was made of this call already. */
        orderId: id.nullable(),
      }),
    ),
  /**
   * Keeps a draft (暂存), or what is changed in an order on its way. `id` is made by the page: a save that is sent twice is one. `revision`
   * null: the first. CHANGED when somebody else has saved since.
   */
  save: route(register, { method: 'PUT', path: '/orders/{id}', summary: '暂存登记', ...person, trace: 'none' })
    .errors({ NOT_FOUND, REFUSED, CHANGED })
    .input(z.object({ id, revision: orderRevision.nullable(), registration }))
    .output(z.object({ revision: orderRevision, number: z.string(), savedAt: z.date() })),
  /** Begins the workflow. `immediate` (即办): answered, nothing is to be done. */
  submit: route(register, { method: 'POST', path: '/orders/{id}/submit', summary: '提交工单', ...person })
    .errors({ NOT_FOUND, REFUSED, CHANGED })
    .input(
      z.object({
        id,
        revision: orderRevision,
        immediate: z.boolean().default(false),
        targets: orderTargets.default({}),
      }),
    )
    .output(z.object({ id, number: z.string(), state: workOrderState.schema })),
  /** Whom the order goes to when it is submitted so, and which of them the registrar decides about. `workflow`: null: none, it is closed at once. */
  firstSteps: route(register, {
    method: 'POST',
    path: '/orders/first-steps',
    summary: '首环节预览',
    ...person,
    trace: 'none',
  })
    .errors({ NOT_FOUND, REFUSED })
    .input(
      z.object({
        unitId: id,
        kind: workOrderKind.schema,
        urgency: workOrderUrgency.schema,
        source: workOrderSource.schema,
        anonymous: z.boolean(),
        categoryId: id.nullable(),
        immediate: z.boolean(),
      }),
    )
    .output(z.object({ ends: z.boolean(), nodes: z.array(nextNode), workflow: workflowInForce.nullable() })),
  discard: route(register, { method: 'DELETE', path: '/orders/{id}/draft', summary: '删除暂存登记', ...person })
    .errors({ NOT_FOUND, REFUSED })
    .input(z.object({ id }))
    .output(z.object({})),
  /** Orders that may be the same, before a new one is made; the most alike first. */
  similar: route(register, { method: 'POST', path: '/orders/similar', summary: '查重', ...person, trace: 'none' })
    .input(
      z.object({
        /** The one that is written. */
        id,
        unitId: id,
        contactId: id.nullable(),
        callerNumber: numberOrNone.nullable(),
        taxNumber: text(20),
        content: text(ORDER_TEXT_MAX),
      }),
    )
    .output(z.array(similarOrder)),
  /** What a caller has asked so far: orders and calls, newest first; uncertain matches are marked. */
  ofCaller: route(register, { method: 'GET', path: '/orders/of-caller', summary: '来电人工单', ...person })
    .errors({ NOT_FOUND })
    .input(z.object({ contactId: id }))
    .output(
      z.object({
        orders: z.array(orderLink.extend({ registeredAt: z.date(), certain: z.boolean() })),
        contacts: z.array(
          z.object({ id, arrivedAt: z.date(), direction: contactDirection.schema, category: z.string().nullable() }),
        ),
      }),
    ),
  /** Newest first; the viewer's tasks by their deadline. */
  list: route(reader, { method: 'GET', path: '/orders', summary: '工单列表', ...person })
    .input(orderFilter.extend({ list: orderList, cursor: cursor.optional(), limit: limit() }))
    .output(page(orderRow)),
  counts: route(reader, { method: 'GET', path: '/orders/counts', summary: '工单数', ...person }).output(orderCounts),
  /** What lists can be narrowed to: who registers, units that have registered orders, all units in reach. */
  options: route(reader, { method: 'GET', path: '/orders/options', summary: '工单筛选项', ...person }).output(
    z.object({ registrars: z.array(personRef), owners: z.array(unitRef), units: z.array(unitRef) }),
  ),
  get: route(reader, { method: 'GET', path: '/orders/{id}', summary: '工单详情', ...person })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(orderDetail),
  /** Its workflow as it is drawn, and where the order is in it. REFUSED for an order without one. */
  drawing: route(reader, { method: 'GET', path: '/orders/{id}/drawing', summary: '工单流程图', ...person })
    .errors({ NOT_FOUND, REFUSED })
    .input(z.object({ id }))
    .output(z.object({ drawing: z.string(), nodes: z.array(drawnNode) })),
  /** Of orders of this unit and below; those with most that is late first. */
  bottlenecks: route(['work_orders.manage'], {
    method: 'GET',
    path: '/orders/bottlenecks',
    summary: '流程监控',
    ...person,
  })
    .input(z.object({ unitId: id.optional() }))
    .output(z.array(bottleneck)),
  reveal: route(['personal.reveal'], {
    method: 'POST',
    path: '/orders/{id}/reveal',
    summary: '查看工单完整信息',
    ...person,
  })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({ callerNumber: z.string(), callerName: z.string(), taxNumber: z.string() })),
};
