/** What happens in flows: test calls of a draft, the way that a call took, and how many took which. */
import { z } from 'zod';
import { day, errorCodes, id, milliseconds } from './common.ts';
import { flowDocument } from './flow-document.ts';
import { route } from './route.ts';
import { endedBy, endReason } from './states/calls.ts';

/** Whom a test call seems to come from. */
export const testCallerNumber = z.string().regex(/^[0-9]{3,15}$/, '请输入 3 到 15 位数字');

/** Means to dial a draft, once, within a minute. */
export const flowTestAccount = z.object({
  uri: z.string(),
  username: z.string(),
  password: z.string(),
  websocketPath: z.string(),
  /** The code to dial. */
  dial: z.string(),
  /** Sent as SIP header `X-Rexian-Caller`; empty: withheld. */
  callerNumber: z.string(),
  /** The call's contact, from the moment that it is dialled. */
  contactId: id,
  /** Of the snapshot that is run: below nought. */
  version: z.number().int(),
});
export type FlowTestAccount = z.infer<typeof flowTestAccount>;

/** A flow that a call went through. */
export const pathFlow = z.object({
  id,
  /** Below nought: the draft of a test call. */
  version: z.number().int(),
  name: z.string(),
  /** null: not kept any more, as drafts of test calls after a month, or not for this viewer. */
  document: flowDocument.nullable(),
});

export const pathStep = z.object({
  at: z.date(),
  /** Index in `flows`; null: the house's own flow (the survey, a refusal). */
  flow: z.number().int().nullable(),
  node: z.string(),
  title: z.string(),
  nodeType: z.string(),
  /** By which exit it was left for another node of its flow; null: it wasn't, or not yet. */
  exit: z.string().nullable(),
  /** Until the next step, or the end; null: the caller is in it. */
  ms: milliseconds.nullable(),
  keys: z.array(z.object({ at: z.date(), key: z.string(), label: z.string().nullable() })),
  faults: z.array(z.object({ at: z.date(), reason: z.string() })),
  /** Whether the platform was restarted meanwhile. */
  resumed: z.boolean(),
});
export type PathStep = z.infer<typeof pathStep>;

export const flowPath = z.object({
  /** In the order in which the call came to them. */
  flows: z.array(pathFlow),
  steps: z.array(pathStep),
  /** null: the call goes on. */
  end: z.object({ at: z.date(), reason: endReason.schema, by: endedBy.schema }).nullable(),
  /** Whether it is a test call. */
  test: z.boolean(),
});
export type FlowPath = z.infer<typeof flowPath>;

export const nodeStatistics = z.object({
  node: z.string(),
  /** As callers found it last. */
  title: z.string(),
  nodeType: z.string(),
  entries: z.number().int(),
  /** How often each exit was taken. */
  exits: z.array(z.object({ exit: z.string(), count: z.number().int() })),
  /** Callers who hung up in it before anybody had talked to them. */
  dropOuts: z.number().int(),
  /** Of the stays whose length is known. */
  meanMs: milliseconds,
  totalMs: milliseconds,
  faults: z.number().int(),
});
export type NodeStatistics = z.infer<typeof nodeStatistics>;

export const flowStatistics = z.object({
  /** Calls that came into the flow for the first time. */
  calls: z.number().int(),
  nodes: z.array(nodeStatistics),
  /** Those that calls came into for the first time in these days, the newest first. */
  versions: z.array(z.object({ version: z.number().int(), calls: z.number().int() })),
});
export type FlowStatistics = z.infer<typeof flowStatistics>;

/** In days. */
export const MOST_STATISTICS_DAYS = 92;

const tag = 'flows';
const { NOT_FOUND, CHANGED, REFUSED } = errorCodes;

export const flowRuns = {
  /**
   * Keeps the draft (or what is published, where there is none) as it is now, to be dialled once by whoever asks. REFUSED, with the faults in
   * words, when it can't run; CHANGED when it isn't the one that was seen.
   */
  test: route(['flows.manage'], { method: 'POST', path: '/flows/{id}/test', summary: '试拨流程', tag, by: 'person' })
    .errors({ NOT_FOUND, CHANGED, REFUSED })
    .input(
      z.object({
        id,
        revision: z.number().int().min(0).max(2_000_000_000),
        /** Whom the flow takes for its caller; left out: withheld. Short messages go there. */
        callerNumber: testCallerNumber.optional(),
      }),
    )
    .output(flowTestAccount),
  /** Whoever may read the contact; whoever has made a test call. */
  path: route(['contacts.read', 'contacts.read_own', 'flows.manage'], {
    method: 'GET',
    path: '/contacts/{id}/flow-path',
    summary: '流程轨迹',
    tag,
  })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(flowPath),
  /** Of calls in the viewer's reach, in Beijing days, test calls left out. */
  statistics: route(['settings.read'], {
    method: 'GET',
    path: '/flows/{id}/statistics',
    summary: '流程统计',
    tag,
  })
    .errors({ NOT_FOUND })
    .input(
      z
        .object({
          id,
          from: day,
          /** This day is counted. */
          to: day,
          /** Left out: all versions. */
          version: z.number().int().min(1).max(2_000_000_000).optional(),
        })
        .refine(({ from, to }) => from <= to, '开始日期不能晚于结束日期')
        .refine(
          ({ from, to }) => Date.parse(to) - Date.parse(from) < MOST_STATISTICS_DAYS * 86_400_000,
          `最多统计 ${MOST_STATISTICS_DAYS} 天`,
        ),
    )
    .output(flowStatistics),
};
