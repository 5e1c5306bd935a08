import { z } from 'zod';

export const id = z.uuid();
/** Text as people type it: trimmed, at most `max` characters. */
export const text = (max: number) => z.string().trim().max(max);
export const requiredText = (max: number, message: string) => z.string().trim().min(1, message).max(max);
/** An instant that the store and calendars can hold. */
export const instant = z.date().min(new Date('1970-01-01T00:00:00Z')).max(new Date('2200-01-01T00:00:00Z'));
/** A calendar day in Beijing time, `2026-10-01`. */
export const day = z.iso.date().refine((value) => value >= '1970-01-01' && value < '2200-01-01', '日期超出范围');
/** Position of a page in a list: what `nextCursor` of the page before said. */
export const cursor = z.string().max(200);
export const limit = (standard = 50, most = 200) => z.number().int().min(1).max(most).default(standard);
/** A list's answer: `nextCursor` null on the last page. */
export const page = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), nextCursor: z.string().nullable() });
/** Dotted ltree path of an organisational unit, e.g. `gx.nanning`. */
export const unitPath = z.string().min(1).max(400);
/** Durations are whole milliseconds everywhere in the contract. */
export const milliseconds = z.number().int().min(0);
/** What was dialled or dials: digits with an optional leading plus. */
export const phoneNumber = z.string().regex(/^\+?[0-9*#]{1,32}$/, '号码只能包含数字');

/** Finds callers: the whole number, or its last four digits. */
export const numberSearch = z
  .string()
  .trim()
  .regex(/^\+?[0-9*#]{4,32}$/, '请输入完整号码或后四位');

export const unitRef = z.object({ id, name: z.string(), path: unitPath });
export const personRef = z.object({ id, name: z.string(), agentNumber: z.string().nullable() });
export const queueRef = z.object({ id, name: z.string() });
export type UnitRef = z.infer<typeof unitRef>;
export type PersonRef = z.infer<typeof personRef>;
export type QueueRef = z.infer<typeof queueRef>;

/** Error codes with their HTTP status, mapped once; messages are Chinese and tell the reader what to do. */
export const errorCodes = {
  BAD_REQUEST: { status: 400, message: '填写的内容不符合要求，请检查后重试' },
  BAD_CREDENTIALS: { status: 401, message: '工号或密码不正确' },
  UNAUTHORIZED: { status: 401, message: '请先登录' },
  FORBIDDEN: { status: 403, message: '没有此操作的权限' },
  NOT_FOUND: { status: 404, message: '没有找到' },
  NOT_SIGNED_IN: { status: 409, message: '尚未签入，请先签入' },
  TAKEN_OVER: { status: 409, message: '已在别处签入，本页不再接听来电' },
  WRONG_STATE: { status: 409, message: '当前状态不能执行此操作' },
  ENGINE_UNAVAILABLE: { status: 503, message: '语音引擎未响应，请稍后再试' },
  BAD_CODE: { status: 401, message: '动态口令不正确' },
  LOCKED: { status: 429, message: '登录失败次数过多，请稍后再试' },
  TOO_MANY_REQUESTS: { status: 429, message: '操作过于频繁，请稍后再试' },
  BUSY: { status: 503, message: '系统繁忙，请稍后再试' },
  /** The viewer must change the password or enrol a one-time password first; `viewer.due` says which. */
  DUE: { status: 403, message: '请先完成密码修改或动态口令绑定' },
  PASSWORD_REFUSED: { status: 422, message: '新密码不符合要求' },
  /** A name, login, number or code that must be unique is in use. */
  TAKEN: { status: 409, message: '已被占用' },
  /** Others still depend on it. */
  IN_USE: { status: 409, message: '仍在使用，不能删除' },
  /** Somebody else changed it since it was read. */
  CHANGED: { status: 409, message: '已被他人修改，请刷新后重试' },
  REFUSED: { status: 409, message: '不允许此操作' },
  BAD_FILE: { status: 422, message: '文件无法读取，请使用模板' },
  /** What the HTTP server itself refuses, before any route is asked. */
  TIMEOUT: { status: 408, message: '请求接收超时，请重试' },
  TOO_LARGE: { status: 413, message: '提交的内容过大' },
  UNSUPPORTED_TYPE: { status: 415, message: '不支持的内容类型，请以 application/json 提交' },
  /** Of a message of another platform. */
  BAD_SIGNATURE: { status: 401, message: '签名无效' },
  /** `expected` says which message of the order comes next: it and those after it are to be sent again. */
  OUT_OF_ORDER: { status: 409, message: '消息次序不连续，请从 expected 指明的序号起重发' },
  TRIAL_CLOSED: { status: 403, message: '来电体验未开放' },
} as const;
