import { contactEventType } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { eventText } from './event-text.ts';

const mei = { id: '018f0000-0000-7000-8000-000000000001', name: '李梅', agentNumber: '1001' };

describe('the line of an event', () => {
  it.each([
    [
      'transferred',
      { to: { kind: 'queue', name: '社保费咨询' }, note: '已核实身份' },
      mei,
      '转接：李梅（1001） → 技能组 社保费咨询，备注 已核实身份',
    ],
    ['transferred', { to: { kind: 'centre', name: '南宁市12366' } }, null, '转接：其他中心 南宁市12366'],
    [
      'transferred',
      { to: { kind: 'agent', name: '张伟' }, note: '', failed: '对方正忙' },
      null,
      '转接：坐席 张伟，未成功，对方正忙',
    ],
    ['fault', { reason: '短信通道未开通' }, null, '故障：短信通道未开通'],
    ['fault', { error: 'Error: x' }, null, '故障'],
    ['transferred', { to: { kind: 'agent', name: null } }, mei, '转接：坐席 李梅（1001）'],
    ['consult_started', { name: '王强' }, mei, '发起磋商：李梅（1001） → 王强'],
    ['member_joined', { name: '138****8000' }, null, '成员加入：138****8000'],
    ['supervised', { mode: 'whisper' }, mei, '监控：李梅（1001），耳语指导'],
    ['keys_sent', { count: 3 }, mei, '发送按键：李梅（1001），3 个'],
    ['overflowed', { action: 'move', queueName: '综合咨询' }, null, '排队溢出：转入其他技能组 综合咨询'],
    [
      'overflowed',
      { action: 'centre', failed: '对方中心排队已满' },
      null,
      '排队溢出：转至其他中心未成功，对方中心排队已满',
    ],
    ['satisfaction_given', { score: 1, reason: '服务态度' }, null, '满意度结果：非常不满意，原因 服务态度'],
    ['satisfaction_given', { score: 5, reason: null }, null, '满意度结果：非常满意'],
    ['dialled', { number: '138****8000' }, mei, '呼叫被叫：138****8000，李梅（1001）'],
    ['voicemail_left', { seconds: 12 }, null, '语音留言：12 秒'],
    ['number_announced', { agentNumber: '1001' }, mei, '播报工号：1001 号'],
    ['leg_ended', { by: 'agent', name: '138****8000' }, null, '坐席挂机，与138****8000的通话结束'],
  ] as const)('%s %j', (type, data, person, text) => expect(eventText(type, data, person)).toBe(text));

  it('is a word in Chinese for every event, with or without data', () => {
    for (const type of contactEventType.values)
      for (const person of [mei, null])
        expect(eventText(type, {}, person)).toMatch(/^[\p{Script=Han}A-Za-z0-9：（），→ ]*\p{Script=Han}/u);
  });
});
