/**
 * 工单协同: what two installations tell each other of an order. Every message is signed, has an id (the same id is the same message,
 * however often it comes) and a number within its order and direction; a gap is refused with the number that is missing.
 */
import { z } from 'zod';
import { errorCodes, id, instant, phoneNumber, requiredText, text } from './common.ts';
import { ORDER_TEXT_MAX } from './orders.ts';
import { route } from './route.ts';
import { visitResult, workOrderKind, workOrderUrgency } from './states/orders.ts';

/** What somebody wrote who handled the order. */
export const handlersOpinion = z.object({
  unit: text(100),
  person: text(40),
  /** The step of the workflow there. */
  step: text(100),
  at: instant,
  outcome: text(40),
  text: text(ORDER_TEXT_MAX),
});
export type HandlersOpinion = z.infer<typeof handlersOpinion>;
const opinions = z.array(handlersOpinion).max(200);

/** An attachment: its content is fetched from `EXCHANGE_FILES_PATH`/{id} of whoever tells of it, and must be what is said here. */
export const sharedFile = z.object({
  id: z.string().trim().min(1).max(60),
  name: requiredText(255, '请填写文件名'),
  mediaType: text(100),
  bytes: z.number().int().min(1).max(1e12),
  /** Hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '请填写文件内容的 SHA-256'),
});
export type SharedFile = z.infer<typeof sharedFile>;
/** Of one order in one message. */
export const SHARED_FILES_MAX = 200;
const files = z.array(sharedFile).max(SHARED_FILES_MAX).default([]);
/** Below REST_PATH. */
export const EXCHANGE_FILES_PATH = '/order-exchange/files';

/** An order as it is handed to another platform. */
export const handedOrder = z.object({
  /** Number at whoever hands it on. */
  number: requiredText(60, '请填写工单编号'),
  kind: workOrderKind.schema,
  urgency: workOrderUrgency.schema,
  title: text(100),
  content: requiredText(ORDER_TEXT_MAX, '请填写诉求内容'),
  category: text(200),
  /** null: withheld, or the caller is anonymous. */
  callerNumber: phoneNumber.nullable(),
  callerName: text(40),
  anonymous: z.boolean(),
  region: text(40),
  taxNumber: text(20),
  taxName: text(100),
  occurredAt: instant.nullable(),
  /** When the result has to be back. */
  dueAt: instant.nullable(),
  /** What was said about it before it was handed on. */
  opinions,
  files,
});
export type HandedOrder = z.infer<typeof handedOrder>;

const who = { unit: text(100), person: text(40) };
/** By kind, what a message says. */
export const exchangeBodies = {
  order: handedOrder,
  /** By whoever hands the order on. */
  urge: z.object({ text: requiredText(500, '请填写催办内容') }),
  withdrawn: z.object({ reason: text(500) }),
  redo: z.object({ reason: text(ORDER_TEXT_MAX), dueAt: instant.nullable(), files }),
  /** By whoever handles it. */
  signed: z.object(who),
  progress: z.object({ ...who, title: requiredText(200, '请填写进展'), text: text(ORDER_TEXT_MAX) }),
  result: z.object({
    answer: text(ORDER_TEXT_MAX),
    satisfaction: visitResult.schema.nullable(),
    opinions,
    files,
  }),
  returned: z.object({ ...who, reason: text(ORDER_TEXT_MAX) }),
  /** By either: what came later. */
  files: z.object({ files: z.array(sharedFile).min(1).max(SHARED_FILES_MAX) }),
};

const envelope = {
  /** Of the message. */
  id,
  /** Of the order between the two platforms; whoever hands it on chooses it. */
  exchange: z.string().trim().min(1).max(60),
  /** 1, 2, 3 …: of this order, in this direction. */
  sequence: z.number().int().min(1).max(1_000_000),
  at: instant,
};
const message = <Kind extends keyof typeof exchangeBodies>(kind: Kind) =>
  z.object({ ...envelope, kind: z.literal(kind), body: exchangeBodies[kind] });

export const exchangeMessage = z.discriminatedUnion('kind', [
  message('order'),
  message('urge'),
  message('withdrawn'),
  message('redo'),
  message('signed'),
  message('progress'),
  message('result'),
  message('returned'),
  message('files'),
]);
export type ExchangeMessage = z.infer<typeof exchangeMessage>;

/** `reference`: the order's number at whoever got the message. */
export const exchangeAnswer = z.object({ reference: z.string().max(60) });

const { NOT_FOUND, REFUSED, FORBIDDEN, BAD_SIGNATURE, OUT_OF_ORDER } = errorCodes;
/** What inbound routes of other platforms may refuse with. */
export const inboundErrors = { NOT_FOUND, REFUSED, FORBIDDEN, BAD_SIGNATURE };
/** What becomes of it stands in the order's trail; what is refused in the audit log. */
const inbound = { tag: 'orderExchange', trace: 'none', method: 'POST' } as const;

export const orderExchange = {
  /** Whether address, key and signature are right. */
  ping: route(['work_orders.exchange'], { ...inbound, path: '/order-exchange/ping', summary: '测试连接' })
    .errors(inboundErrors)
    .input(z.object({}))
    .output(z.object({ unit: z.string() })),
  receive: route(['work_orders.exchange'], { ...inbound, path: '/order-exchange/messages', summary: '接收工单消息' })
    .errors({ ...inboundErrors, OUT_OF_ORDER: { ...OUT_OF_ORDER, data: z.object({ expected: z.number().int() }) } })
    .input(exchangeMessage)
    .output(exchangeAnswer),
};
