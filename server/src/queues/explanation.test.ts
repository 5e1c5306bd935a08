import { describe, expect, it } from 'vitest';
import { duration, type ExplainedContact, type ExplainedEvent, explain } from './explanation.ts';

const start = Date.parse('2026-10-09T02:00:00Z');
const contact: ExplainedContact = {
  calledNumber: '077112366',
  calledName: '南宁市12366',
  origin: 'province_transfer',
  fromUnitName: '广西12366',
  queueNames: new Map([
    ['q1', '南宁咨询'],
    ['q2', '柳州咨询'],
  ]),
};
const zhang = { id: 'p1', name: '张三', agentNumber: '2001' };
const event = (
  seconds: number,
  type: ExplainedEvent['type'],
  data: Record<string, unknown> = {},
  person: ExplainedEvent['person'] = null,
): ExplainedEvent => ({ at: new Date(start + seconds * 1000), type, data, person });
const texts = (...events: ExplainedEvent[]) => explain(contact, events).map(({ text }) => text);

const busy = { queueId: 'q1', priority: 5, before: 3, signedIn: 4, ready: 0 };
const entered = event(1, 'queued', { ...busy, reasons: ['符合规则“12366转接优先”：优先级 +5'] });
const why = { weight: 80, idleMs: 35_000, waitedMs: 65_000, candidates: 2, overflow: false, wanted: false };

describe('the explanation', () => {
  it('tells the number, the rules, the place, why it waited, whom it got and why', () => {
    expect(
      texts(
        event(0, 'arrived'),
        entered,
        event(31, 'position_announced', { before: 2 }),
        event(66, 'offered', { queueId: 'q1', ...why }, zhang),
        event(81, 'offer_failed', { outcome: 'no_answer' }, zhang),
        event(90, 'offered', { queueId: 'q1', ...why, waitedMs: 89_000, candidates: 1 }, zhang),
        event(95, 'connected', {}, zhang),
        event(200, 'ended', { reason: 'completed', by: 'caller' }),
      ),
    ).toEqual([
      '12366转接（由广西12366转来）：077112366（南宁市12366）',
      '符合规则“12366转接优先”：优先级 +5',
      '进入技能组“南宁咨询”，优先级 5，前面有 3 位，签入坐席 4 人，空闲 0 人',
      '播报排队位置：前面还有 2 位',
      '等待 1 分 5 秒：进入时 4 名签入坐席均不空闲',
      '分配给张三（2001），在“南宁咨询”中权重 80，已空闲 35 秒，在 2 名空闲坐席中权重最高、同权重中空闲最久，来电已等待 1 分 5 秒',
      '张三（2001）久不应答，历时 15 秒',
      '分配给张三（2001），在“南宁咨询”中权重 80，已空闲 35 秒，为唯一空闲坐席，来电已等待 1 分 29 秒',
      '张三（2001）接听，振铃 5 秒，自请求人工起共 1 分 34 秒',
      '正常通话（来电人）',
    ]);
  });

  it('tells of overflow and of agents who were waited for', () => {
    expect(
      texts(
        entered,
        event(61, 'overflowed', { action: 'also', queueName: '柳州咨询' }),
        event(61, 'overflowed', { action: 'centre', failed: '对方中心排队已满' }),
        event(61, 'offered', { queueId: 'q2', ...why, overflow: true }, zhang),
      ).slice(2),
    ).toEqual([
      '排队 1 分后溢出：同时由其他技能组接听“柳州咨询”',
      '排队 1 分后溢出：转至其他中心未成功（对方中心排队已满），继续排队',
      '等待 1 分：进入时 4 名签入坐席均不空闲',
      '分配给张三（2001），溢出后由“柳州咨询”接听，在“柳州咨询”中权重 80，已空闲 35 秒，在 2 名空闲坐席中权重最高、同权重中空闲最久，来电已等待 1 分 5 秒',
    ]);
    const some = event(1, 'queued', { ...busy, ready: 2 });
    expect(texts(some, event(11, 'offered', { queueId: 'q1', ...why, wanted: true }, zhang)).slice(1)).toEqual([
      '等待 10 秒：先等待指定优先的坐席',
      '分配给张三（2001），为指定优先的坐席，在“南宁咨询”中权重 80，已空闲 35 秒，来电已等待 1 分 5 秒',
    ]);
  });

  it('tells why a caller gave up, and of a queue that took nobody', () => {
    const nobody = event(1, 'queued', { ...busy, signedIn: 0 });
    expect(texts(nobody, event(121, 'ended', { reason: 'abandoned_in_queue', by: 'caller' })).at(-1)).toBe(
      '排队中挂机（来电人），本次排队 2 分，进入时无坐席签入',
    );
    expect(texts(event(1, 'overflowed', { action: 'refused', why: 'full', queueId: 'q1' }))).toEqual([
      '“南宁咨询”排队已满，未能进入',
    ]);
  });

  it('says what it can of calls that earlier versions booked', () => {
    const lines = texts(
      event(0, 'arrived'),
      event(1, 'queued', { queueId: 'q3' }),
      event(9, 'offered', { queueId: 'q3', legId: 'l' }, null),
      event(12, 'connected'),
    );
    expect(lines.slice(1)).toEqual([
      '进入技能组“已删除的技能组”',
      '分配给坐席',
      '坐席接听，振铃 3 秒，自请求人工起共 11 秒',
    ]);
  });

  it('writes times as people say them', () => {
    expect([0, 499, 60_000, 61_400, -5].map(duration)).toEqual(['0 秒', '0 秒', '1 分', '1 分 1 秒', '0 秒']);
  });
});
