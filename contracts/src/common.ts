import { z } from 'zod';

export const id = z.uuid();
/** Dotted ltree path of an organisational unit, e.g. `gx.nanning`. */
export const unitPath = z.string().min(1).max(400);
/** Durations are whole milliseconds everywhere in the contract. */
export const milliseconds = z.number().int().min(0);
/** What was dialled or dials: digits with an optional leading plus. */
export const phoneNumber = z.string().regex(/^\+?[0-9*#]{1,32}$/, '号码只能包含数字');

export const unitRef = z.object({ id, name: z.string(), path: unitPath });
export const personRef = z.object({ id, name: z.string(), agentNumber: z.string().nullable() });
export const queueRef = z.object({ id, name: z.string() });
export type UnitRef = z.infer<typeof unitRef>;
export type PersonRef = z.infer<typeof personRef>;
export type QueueRef = z.infer<typeof queueRef>;

/** Error codes with their HTTP status, mapped once; messages are Chinese and tell the reader what to do. */
export const errorCodes = {
  BAD_CREDENTIALS: { status: 401, message: '工号或密码不正确' },
  UNAUTHORIZED: { status: 401, message: '请先登录' },
  FORBIDDEN: { status: 403, message: '没有此操作的权限' },
  NOT_FOUND: { status: 404, message: '没有找到' },
  NOT_SIGNED_IN: { status: 409, message: '尚未签入，请先签入' },
  TAKEN_OVER: { status: 409, message: '已在别处签入，本页不再接听来电' },
  WRONG_STATE: { status: 409, message: '当前状态不能执行此操作' },
  ENGINE_UNAVAILABLE: { status: 503, message: '语音引擎未响应，请稍后再试' },
  TRIAL_CLOSED: { status: 403, message: '来电体验未开放' },
} as const;
