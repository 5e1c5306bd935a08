/** Skill queues (技能组): their settings and members, the rules calls are placed by, where numbers are at home, and why a call went as it did. */
import { z } from 'zod';
import {
  cursor,
  errorCodes,
  id,
  instant,
  limit,
  page,
  personRef,
  queueRef,
  requiredText,
  text,
  unitRef,
} from './common.ts';
import { callerDigits } from './numbers.ts';
import { route } from './route.ts';
import { agentState, callerClass, contactOrigin, musicClass } from './states/calls.ts';

/** When a step is due: the caller has been in this queue so long, or more than so many wait in it. */
const overflowWhen = z.discriminatedUnion('by', [
  z.object({ by: z.literal('after'), seconds: z.number().int().min(0).max(7200) }),
  z.object({ by: z.literal('waitingOver'), calls: z.number().int().min(0).max(10_000) }),
]);
const overflowDo = z.discriminatedUnion('action', [
  /** Agents of that queue get the caller as well; the place in this one is kept. */
  z.object({ action: z.literal('also'), queueId: id }),
  z.object({ action: z.literal('move'), queueId: id }),
  z.object({ action: z.literal('centre'), accessCodeId: id }),
  z.object({ action: z.literal('voicemail') }),
  z.object({ action: z.literal('callback') }),
  z.object({ action: z.literal('leave') }),
]);
/** 溢出步骤. Each is taken at most once in a stay. */
export const overflowStep = z.object({ when: overflowWhen, do: overflowDo });
export type OverflowStep = z.infer<typeof overflowStep>;

const seconds = (low: number, high: number) => z.number().int().min(low).max(high);
export const queueSettings = z.object({
  name: requiredText(40, '请输入技能组名称'),
  /** Takes new callers; those who wait already are served in any case. */
  active: z.boolean(),
  music: musicClass.schema,
  ringSeconds: seconds(3, 120),
  /** Who waits longer leaves the queue. */
  maxWaitSeconds: seconds(1, 86_400),
  /** Who comes when so many wait is sent on; null: no limit. */
  maxWaiting: z.number().int().min(1).max(10_000).nullable(),
  overflow: z.array(overflowStep).max(10),
  announcePosition: z.boolean(),
  announceWait: z.boolean(),
  announceEverySeconds: seconds(5, 3600),
  /** Callers are offered a call-back after so long; null: never. */
  callbackAfterSeconds: seconds(0, 3600).nullable(),
  /** 专席: the agent whom the caller talked to within so many days goes first; 0: off. */
  lastAgentDays: z.number().int().min(0).max(365),
  /** For so long only that agent; afterwards everyone, but them first. */
  lastAgentSeconds: seconds(0, 600),
  /** The agent's number is told before the talk. */
  announceAgent: z.boolean(),
  autoAnswer: z.boolean(),
  recorded: z.boolean(),
  /** null: until it is saved; 0: none. */
  wrapUpSeconds: seconds(0, 3600).nullable(),
  wrapUpMandatory: z.boolean(),
  /** Ready by itself after the wrap-up. */
  autoReady: z.boolean(),
  alarmWaitSeconds: seconds(5, 3600),
  alarmTalkSeconds: seconds(30, 86_400),
});
export type QueueSettings = z.infer<typeof queueSettings>;

export const queue = queueSettings.extend({
  id,
  unit: unitRef,
  members: z.number().int(),
  /** Its settings; its members and their weights. */
  can: z.object({ change: z.boolean(), staff: z.boolean() }),
});
export type Queue = z.infer<typeof queue>;

/** Where overflow to another centre can lead. */
export const overflowCode = z.object({ id, code: z.string(), name: z.string(), unit: z.string() });
export type OverflowCode = z.infer<typeof overflowCode>;

/** The higher, the sooner the agent gets calls of the queue. */
export const memberWeight = z.number().int().min(1).max(100);
/** An agent with the queues in reach that they serve. */
export const queueAgent = z.object({
  person: personRef,
  unit: unitRef,
  /** null: not signed in. */
  state: agentState.schema.nullable(),
  queues: z.array(z.object({ queueId: id, weight: memberWeight })),
});
export type QueueAgent = z.infer<typeof queueAgent>;

/** All of those that are set must hold; a list holds when one of it does, an empty one always. */
export const ruleConditions = z.object({
  classes: z.array(callerClass.schema).max(4),
  origins: z.array(contactOrigin.schema).max(5),
  /** Service numbers that were dialled. */
  calledNumberIds: z.array(id).max(200),
  /** Beginnings of the caller's region, `广西南宁` or `广西`. */
  regions: z.array(requiredText(40, '请输入归属地')).max(200),
  /** By the working calendar of the queue's centre; null: at any time. */
  hours: z.enum(['open', 'closed']).nullable(),
});
export type RuleConditions = z.infer<typeof ruleConditions>;
export const ruleEffects = z
  .object({
    /** Added to the priority; each point counts as half a minute of waiting. */
    priority: z.number().int().min(0).max(20),
    /** Another queue of the centre. */
    queueId: id.nullable(),
    /** 专席: dedicated agents, members of the queue or not. */
    persons: z.array(id).max(50),
    /** For so long only they; afterwards everyone, but them first. */
    personSeconds: seconds(0, 3600),
  })
  .refine(({ priority, queueId, persons }) => priority > 0 || queueId !== null || persons.length > 0, {
    message: '请至少设置一种处理：优先级、技能组或专席',
  });
export type RuleEffects = z.infer<typeof ruleEffects>;

const ruleFacts = {
  name: requiredText(40, '请输入规则名称'),
  active: z.boolean(),
  conditions: ruleConditions,
  effects: ruleEffects,
};
const always: RuleConditions = { classes: [], origins: [], calledNumberIds: [], regions: [], hours: null };
const raising = (priority: number): RuleEffects => ({ priority, queueId: null, persons: [], personSeconds: 0 });
/** What holds for a centre as long as it has no rule of its own. */
export const standardRules: readonly { name: string; conditions: RuleConditions; effects: RuleEffects }[] = [
  { name: '12366转接优先', conditions: { ...always, origins: ['province_transfer'] }, effects: raising(5) },
  { name: '白名单优先', conditions: { ...always, classes: ['white'] }, effects: raising(10) },
];
/** 路由规则 of a centre, in order: priorities add up; for queue and dedicated agents the first that fits decides. */
export const routingRule = z.object({
  id,
  unit: unitRef,
  position: z.number().int(),
  ...ruleFacts,
  can: z.object({ change: z.boolean() }),
});
export type RoutingRule = z.infer<typeof routingRule>;

/** Digits that numbers of a region begin with: seven of a mobile number, or an area code with its 0. */
export const regionPrefix = z
  .string()
  .trim()
  .regex(/^[0-9]{2,11}$/, '号段为 2 到 11 位数字');
export const regionName = requiredText(40, '请输入归属地');
export const phoneRegion = z.object({ prefix: z.string(), region: z.string() });
export type PhoneRegion = z.infer<typeof phoneRegion>;

/** How a call would be placed. */
export const placementPreview = z.object({
  queue: queueRef,
  /** null: the queue takes the caller. */
  refused: z.enum(['full', 'inactive']).nullable(),
  priority: z.number().int(),
  region: z.string(),
  classes: z.array(callerClass.schema),
  wanted: z.object({ persons: z.array(personRef), seconds: z.number().int() }).nullable(),
  /** Chinese lines, in the order in which it was decided. */
  reasons: z.array(z.string()),
  /** Callers served before this one. */
  before: z.number().int(),
  /** Estimated; null: nobody is signed in. */
  waitMs: z.number().int().nullable(),
});
export type PlacementPreview = z.infer<typeof placementPreview>;

/** Why a call went as it did: Chinese lines with their times, in order. */
export const routingExplanation = z.object({
  contactId: id,
  lines: z.array(
    z.object({ at: z.date(), kind: z.enum(['arrival', 'placed', 'waiting', 'offer', 'end']), text: z.string() }),
  ),
});
export type RoutingExplanation = z.infer<typeof routingExplanation>;

const errors = {
  NOT_FOUND: errorCodes.NOT_FOUND,
  TAKEN: errorCodes.TAKEN,
  IN_USE: errorCodes.IN_USE,
  REFUSED: errorCodes.REFUSED,
};
const reads = (path: `/${string}`, summary: string) =>
  route(['settings.read'], { method: 'GET', path, summary, tag: 'queues' });
const changes = (method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: `/${string}`, summary: string) =>
  route(['queues.manage'], { method, path, summary, tag: 'queues' }).errors(errors);
/** Members and weights: leaders may, too. */
const staffs = (path: `/${string}`, summary: string) =>
  route(['queues.manage', 'queues.staff'], { method: 'PUT', path, summary, tag: 'queues' }).errors(errors);
const ofUnit = z.object({ unitId: id.optional() });
const ofId = z.object({ id });

export const queues = {
  list: reads('/queues', '技能组').input(ofUnit).output(z.array(queue)),
  create: changes('POST', '/queues', '新增技能组')
    .input(queueSettings.extend({ unitId: id }))
    .output(queue),
  change: changes('PATCH', '/queues/{id}', '修改技能组').input(queueSettings.extend({ id })).output(queue),
  remove: changes('DELETE', '/queues/{id}', '删除技能组').input(ofId).output(z.object({})),
  /** Access codes that callers of a unit's queues can overflow to: those of other centres of this platform that accept them. */
  overflowCodes: reads('/queues/overflow-codes', '溢出可选中心')
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(z.object({ unitId: id }))
    .output(z.array(overflowCode)),
  /** Agents in reach, with or without queues. */
  agents: reads('/queues/agents', '坐席技能')
    .input(
      z.object({
        unitId: id.optional(),
        /** Only members of it. */
        queueId: id.optional(),
        /** Part of name or agent number. */
        text: text(40).optional(),
        cursor: cursor.optional(),
        limit: limit(),
      }),
    )
    .output(page(queueAgent)),
  /** Replaces the members of a queue. */
  setMembers: staffs('/queues/{id}/members', '设置技能组成员')
    .input(z.object({ id, members: z.array(z.object({ personId: id, weight: memberWeight })).max(2000) }))
    .output(z.object({})),
  /** Replaces the queues of an agent, as far as they lie in reach. */
  setAgent: staffs('/queues/agents/{personId}', '设置坐席技能')
    .input(z.object({ personId: id, queues: z.array(z.object({ queueId: id, weight: memberWeight })).max(200) }))
    .output(z.object({})),
  /** What would happen to a call to this queue. */
  preview: route(['settings.read'], {
    method: 'POST',
    path: '/queues/preview',
    summary: '路由预演',
    tag: 'queues',
    by: 'person',
    trace: 'none',
  })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(
      z.object({
        queueId: id,
        /** null: withheld. */
        callerNumber: callerDigits.nullable(),
        calledNumberId: id.nullable(),
        origin: contactOrigin.schema,
        /** When it comes; now when left out. Who works and waits is as it stands now in any case. */
        at: instant.optional(),
      }),
    )
    .output(placementPreview),
  explain: route(['contacts.read'], {
    method: 'GET',
    path: '/queues/explanations/{contactId}',
    summary: '路由说明',
    tag: 'queues',
  })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(z.object({ contactId: id }))
    .output(routingExplanation),
};

export const routingRules = {
  list: reads('/routing-rules', '路由规则').input(ofUnit).output(z.array(routingRule)),
  create: changes('POST', '/routing-rules', '新增路由规则')
    .input(z.object({ unitId: id, ...ruleFacts }))
    .output(routingRule),
  change: changes('PATCH', '/routing-rules/{id}', '修改路由规则')
    .input(z.object({ id, ...ruleFacts }))
    .output(routingRule),
  remove: changes('DELETE', '/routing-rules/{id}', '删除路由规则').input(ofId).output(z.object({})),
  /** All rules of the centre, in their new order. */
  order: changes('PUT', '/routing-rules/order', '调整路由规则顺序')
    .input(z.object({ unitId: id, ids: z.array(id).max(500) }))
    .output(z.object({})),
};

export const phoneRegions = {
  list: reads('/phone-regions', '号段归属地')
    .input(
      z.object({
        /** Beginning of the prefix, or part of the region. */
        text: text(40).optional(),
        cursor: cursor.optional(),
        limit: limit(),
      }),
    )
    .output(page(phoneRegion).extend({ total: z.number().int() })),
  /** Adds a prefix or changes its region. */
  save: changes('PUT', '/phone-regions/{prefix}', '保存号段归属地')
    .input(z.object({ prefix: regionPrefix, region: regionName }))
    .output(phoneRegion),
  remove: changes('DELETE', '/phone-regions/{prefix}', '删除号段归属地')
    .input(z.object({ prefix: regionPrefix }))
    .output(z.object({})),
};
