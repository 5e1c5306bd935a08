import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { differenceOf } from './difference.ts';

const UNIT = '019aaaaa-0000-7000-8000-000000000001';
const complaint = await readFile(new URL('../templates/complaint.bpmn', import.meta.url), 'utf8');
const saying = async (after: string) => {
  const difference = await differenceOf(complaint, after, (id) => (id === UNIT ? '南宁市税务局' : undefined));
  return difference?.lines.map(({ element, text }) => [element, text]);
};

it('a drawing that only looks different is the same', async () => {
  expect(await saying(complaint.replace('x="248" y="160"', 'x="250" y="170"'))).toEqual([]);
});

it('says what changed in the words of the form, of a renamed node once', async () => {
  const after = complaint
    .replace('name="受理审查"', 'name="受理登记"')
    .replace(
      '"due":{"normal":{"amount":15,"unit":"days","working":false}',
      '"due":{"normal":{"amount":10,"unit":"days","working":true}',
    )
    .replace('{"to":"registering_unit","desk":"review"}', `{"to":"unit","unitId":"${UNIT}"}`)
    .replace('outcome == "不予受理"', 'order.anonymous')
    .replace('{"do":"notify","who":"caller","template":"not_accepted"}', '{');
  expect(await saying(after)).toEqual([
    ['accept', '“受理登记”的名称：“受理审查” → “受理登记”'],
    ['refused', '“不予受理告知”的设置有改动（改后的设置有误）'],
    [
      'handle',
      '“承办”的办结时限：一般 15 天，紧急 24 小时，特急 2 小时 → 一般 10 天（工作时间），紧急 24 小时，特急 2 小时',
    ],
    ['review', '“审核”的办理人：登记单位 审核岗 → 南宁市税务局'],
    ['is_accepted_to_refused', '“是否受理”到“不予受理告知”的连线的条件：办理结果是“不予受理” → 匿名：是'],
  ]);
});

it('marks what came and what went', async () => {
  const after = complaint
    .replace('<bpmn:endEvent id="not_accepted" name="不予受理">', '<bpmn:endEvent id="other" name="不予受理">')
    .replace('targetRef="not_accepted"', 'targetRef="other"')
    .replace('bpmnElement="not_accepted"', 'bpmnElement="other"');
  const difference = await differenceOf(complaint, after);
  expect(Object.fromEntries(difference?.marks ?? [])).toEqual({
    ...{ other: 'added', not_accepted: 'removed', refused_to_not_accepted: 'changed' },
  });
  expect(difference?.lines.map(({ text }) => text)).toEqual([
    ...['新增结束“不予受理”', '“不予受理告知”到“不予受理”的连线的终点：“不予受理” → “不予受理”', '删除结束“不予受理”'],
  ]);
  expect(await differenceOf(complaint, '<x/>')).toBeNull();
});
