/** What a team leader does to the calls and states of others. Each use is audited. */
import { z } from 'zod';
import { errorCodes, id, requiredText } from './common.ts';
import { route } from './route.ts';
import { chosenReason, superviseMode } from './states/calls.ts';

const errors = {
  NOT_FOUND: errorCodes.NOT_FOUND,
  NOT_SIGNED_IN: errorCodes.NOT_SIGNED_IN,
  TAKEN_OVER: errorCodes.TAKEN_OVER,
  WRONG_STATE: errorCodes.WRONG_STATE,
  REFUSED: errorCodes.REFUSED,
  ENGINE_UNAVAILABLE: errorCodes.ENGINE_UNAVAILABLE,
};
const supervise = (path: `/supervision/${string}`, summary: string) =>
  route(['monitor.supervise'], { method: 'POST', path, summary, tag: 'monitor', by: 'person' }).errors(errors);
/** The supervisor's own desk session: their phone is what they listen with. */
const mine = z.object({ sessionId: id });

export const supervision = {
  /** Joins the call of a leg, heard by nobody (`listen`), by the agent alone (`whisper`), or by all (`barge`). Again: changes the mode. */
  join: supervise('/supervision/join', '监听 / 耳语 / 插话')
    .input(mine.extend({ legId: id, mode: superviseMode.schema }))
    .output(z.object({})),
  leave: supervise('/supervision/leave', '结束监控').input(mine).output(z.object({})),
  /** The supervisor goes on with the caller, the agent leaves. */
  takeOver: supervise('/supervision/take-over', '接话')
    .input(mine.extend({ legId: id }))
    .output(z.object({})),
  forceHangUp: supervise('/supervision/hang-up', '强拆')
    .input(z.object({ legId: id }))
    .output(z.object({})),
  forceState: supervise('/supervision/state', '强制示闲 / 示忙 / 签出')
    .input(
      z.object({
        personId: id,
        to: z.discriminatedUnion('state', [
          z.object({ state: z.literal('ready') }),
          z.object({ state: z.literal('not_ready'), reason: chosenReason.schema.optional() }),
          z.object({ state: z.literal('signed_out') }),
        ]),
      }),
    )
    /** `later`: the agent has a call, and it happens after it. */
    .output(z.object({ later: z.boolean() })),
  message: supervise('/supervision/message', '发送消息')
    .input(z.object({ personId: id, text: requiredText(500, '请输入消息内容') }))
    .output(z.object({})),
};
