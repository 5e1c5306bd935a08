import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTemplate, smsLength, smsText, textFault, variablesOf } from './sms-text.ts';
import { smsVariable } from './states/messages.ts';

describe('a text of a short message', () => {
  it('takes the variables that there are, and no others', () => {
    expect(textFault('尊敬的{{姓名}}，工单{{ 工单编号 }}已办结')).toBeNull();
    expect(textFault('{{税号}}您好')).toBe('没有变量“税号”');
    for (const text of ['{{姓名}您好', '{{}}', '{姓名}}', '{{{姓名}}', '{{姓{{名}}'])
      expect(textFault(text), text).not.toBeNull();
    expect(smsText.safeParse('{{税号}}').error?.issues[0]?.message).toBe('没有变量“税号”');
    expect(smsText.safeParse('好'.repeat(501)).error?.issues[0]?.message).toBe('短信内容最多 500 字');
    expect(variablesOf('{{姓名}}{{工单编号}}{{ 姓名 }}')).toEqual(['姓名', '工单编号']);
  });

  it('is filled in once: a value that looks like a variable is a value', () => {
    const values = { 姓名: '{{工单编号}}', 工单编号: 'GD1' };
    expect(renderTemplate('{{姓名}}：{{工单编号}}', values)).toEqual({ text: '{{工单编号}}：GD1', missing: [] });
    expect(renderTemplate('{{姓名}}{{办理结果}}', { 姓名: '韦兰', 办理结果: '' })).toEqual({
      text: '韦兰{{办理结果}}',
      missing: ['办理结果'],
    });
  });

  it('names nothing any more when every variable has a value', () => {
    const part = fc.oneof(
      fc.constantFrom(...smsVariable.values).map((name) => `{{${name}}}`),
      fc.constantFrom('税', ' ', '12', '$&'),
    );
    fc.assert(
      fc.property(
        fc.array(part),
        fc.string({ minLength: 1 }).filter((value) => !/[{}]/.test(value)),
        (parts, value) => {
          const values = Object.fromEntries(smsVariable.values.map((name) => [name, value]));
          const filled = parts.map((each) => (each.startsWith('{{') ? value : each)).join('');
          expect(renderTemplate(parts.join(''), values)).toEqual({ text: filled, missing: [] });
        },
      ),
    );
  });

  it.each([
    ['', 0, 0],
    ['好', 1, 1],
    ['好'.repeat(70), 70, 1],
    ['好'.repeat(71), 71, 2],
    ['好'.repeat(134), 134, 2],
    ['好'.repeat(135), 135, 3],
    ['😀', 2, 1],
  ])('%# is as long as carriers say', (text, characters, segments) => {
    expect(smsLength(text)).toEqual({ characters, segments });
  });
});
