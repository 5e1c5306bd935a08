import type { OverflowStep } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { overflowProblem, spanText, stepText } from './words.ts';

const names = new Map([['q', '社保费咨询']]);
const also: OverflowStep = { when: { by: 'after', seconds: 60 }, do: { action: 'also', queueId: 'q' } };

describe('overflow in words', () => {
  it.each<[OverflowStep, string]>([
    [also, '排队满 60 秒 → 同时由“社保费咨询”接听'],
    [{ when: { by: 'after', seconds: 0 }, do: { action: 'move', queueId: 'gone' } }, '一进入排队 → 转入“其他技能组”'],
    [{ when: { by: 'after', seconds: 300 }, do: { action: 'callback' } }, '排队满 5 分钟 → 提供回拨'],
    [{ when: { by: 'waitingOver', calls: 8 }, do: { action: 'voicemail' } }, '排队超过 8 人 → 转语音留言'],
  ])('%j', (step, text) => expect(stepText(step, names)).toBe(text));

  it('names the step that is not complete', () => {
    expect(overflowProblem([also])).toBeNull();
    expect(overflowProblem([also, { ...also, do: { action: 'move', queueId: '' } }])).toBe('请选择第 2 步的技能组');
    expect(overflowProblem([{ ...also, do: { action: 'centre', accessCodeId: '' } }])).toBe('请选择第 1 步的中心');
  });
});

it.each([
  [0, '0 秒'],
  [60, '60 秒'],
  [90, '90 秒'],
  [600, '10 分钟'],
  [7200, '2 小时'],
])('%d seconds are %s', (seconds, text) => expect(spanText(seconds)).toBe(text));
