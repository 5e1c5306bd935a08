/** What registration forms take: asked by screens and the server alike, so both must judge alike, again and again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { checkFields, type FormField, formFaults, formField, orderFormTemplates } from './index.ts';

const field = (given: z.input<typeof formField>): FormField => formField.parse(given);
const named = (faults: readonly { key: string; message: string }[]) => faults.map(({ key, message }) => [key, message]);

const form = {
  fields: [
    field({ key: 'named', label: '是否实名', type: 'choice', options: ['实名', '匿名'], required: 'always' }),
    field({
      ...{ key: 'reward', label: '奖励意愿', type: 'choice', options: ['是', '否'] },
      ...{ visible: { field: 'named', values: ['实名'] }, required: { field: 'named', values: ['实名'] } },
    }),
    field({
      ...{ key: 'account', label: '银行账号', type: 'text' },
      required: { field: 'reward', values: ['是'] },
    }),
    field({ key: 'kind', label: '违法类型', type: 'cascade', options: [['发票', '虚开'], ['发票', '不开'], ['逃税']] }),
    field({
      ...{ key: 'invoice', label: '发票号码', type: 'text', maxLength: 20 },
      required: { field: 'kind', values: ['发票'] },
    }),
    field({ key: 'amount', label: '金额', type: 'number', min: 0, max: 100, decimals: 2 }),
    field({ key: 'taxes', label: '税种', type: 'choices', options: ['增值税', '个税'] }),
    field({ key: 'day', label: '日期', type: 'date' }),
    field({ key: 'at', label: '时间', type: 'datetime' }),
    field({ key: 'proof', label: '证据', type: 'attachment', most: 2 }),
  ],
};
const check = (values: Record<string, unknown>) => checkFields(form, values);

describe('what is asked for', () => {
  it('follows what was chosen before', () => {
    expect(named(check({}).faults)).toEqual([['named', '请选择是否实名']]);
    expect(named(check({ named: '实名' }).faults)).toEqual([['reward', '请选择奖励意愿']]);
    expect(named(check({ named: '实名', reward: '是' }).faults)).toEqual([['account', '请填写银行账号']]);
    expect(check({ named: '实名', reward: '否' }).faults).toEqual([]);
    expect(named(check({ named: '匿名', kind: ['发票', '虚开'] }).faults)).toEqual([['invoice', '请填写发票号码']]);
    expect(check({ named: '匿名', kind: ['逃税'] }).faults).toEqual([]);
  });

  it('is never what is hidden, whose value is dropped and decides nothing', () => {
    expect(check({ named: '匿名', reward: '是' })).toEqual({ values: { named: '匿名' }, faults: [] });
    expect(check({ named: '匿名', reward: '不详' }).faults).toEqual([]);
  });

  it('knows no other keys', () => {
    expect(check({ named: '匿名', other: '1', constructor: '2' }).values).toEqual({ named: '匿名' });
    const tricky = { fields: [field({ key: 'constructor', label: '构造', type: 'text' })] };
    expect(checkFields(tricky, {})).toEqual({ values: {}, faults: [] });
  });
});

describe('a value', () => {
  it.each([
    ['named', '不详', '请从选项中选择'],
    ['kind', ['发票'], '请选到最后一级'],
    ['invoice', 'x'.repeat(21), '最多 20 个字'],
    ['amount', 100.01, '不能大于 100'],
    ['amount', -0.01, '不能小于 0'],
    ['amount', 1.001, '最多 2 位小数'],
    ['amount', '12', '请填写数字'],
    ['taxes', ['增值税', '契税'], '请从选项中选择'],
    ['day', '2026-02-30', '请填写正确的日期'],
    ['at', '2026-02-28 10:00', '请填写正确的日期和时间'],
    ['proof', ['../etc/passwd'], '请重新上传附件'],
  ])('of %s is not %j', (key, value, message) => {
    expect(named(check({ named: '匿名', [key]: value }).faults)).toContainEqual([key, message]);
  });

  it('is taken in one writing', () => {
    const written = { named: ' 匿名 ', taxes: ['个税', '增值税'], at: '2026-11-23T09:30:00+08:00', invoice: '  ' };
    expect(check(written)).toEqual({
      values: { named: '匿名', taxes: ['增值税', '个税'], at: '2026-11-23T01:30:00.000Z' },
      faults: [],
    });
  });
});

it('takes again, unchanged, whatever it has taken', () => {
  const options = ['甲', '乙', '丙'];
  const condition = (keys: readonly string[]) =>
    fc.record({ field: fc.constantFrom(...keys), values: fc.subarray(options, { minLength: 1 }) });
  const types = [
    { type: 'text' as const, maxLength: 5 },
    { type: 'choice' as const, options },
    { type: 'choices' as const, options },
    { type: 'cascade' as const, options: [['甲', '乙'], ['甲', '丙'], ['丙']] },
    { type: 'number' as const, decimals: 2, min: -5 },
    { type: 'date' as const },
    { type: 'datetime' as const },
    { type: 'attachment' as const },
  ];
  const fields = fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 7 }).chain((chosen) =>
    fc.tuple(
      ...chosen.map((type, index) => {
        const before = chosen.slice(0, index).map((_, at) => `f${at}`);
        const asked = before.length > 0 ? condition(before) : fc.constant(null);
        return fc
          .record({ visible: fc.option(asked), required: fc.oneof(fc.constant(null), asked) })
          .map((conditions) =>
            field({
              ...{ ...type, key: `f${index}`, label: `字段${index}`, visible: conditions.visible },
              required: conditions.required ?? (index % 2 === 0 ? 'always' : 'never'),
            }),
          );
      }),
    ),
  );
  const value = fc.oneof(
    ...[fc.constantFrom(...options, ' 甲 ', '', null), fc.subarray(options), fc.string({ maxLength: 7 })],
    ...[
      fc.constantFrom(['甲', '乙'], ['丙'], ['甲']),
      fc.double({ min: -9, max: 9 }).map((each) => Math.round(each * 100) / 100),
    ],
    ...[
      fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
      fc.constantFrom('2026-11-23', '1900-01-01T00:00:00+14:00'),
    ],
    fc.array(fc.uuid(), { maxLength: 2 }),
  );
  const values = fc.dictionary(fc.constantFrom('f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'x'), value);
  fc.assert(
    fc.property(fields, values, (all, given) => {
      const first = checkFields({ fields: all }, given);
      expect(Object.keys(first.values).every((key) => all.some((each) => each.key === key))).toBe(true);
      // What was at fault is left out, and is missing at most.
      const again = checkFields({ fields: all }, first.values);
      expect(again.values).toEqual(first.values);
      expect(again.faults.every(({ missing }) => missing)).toBe(true);
      if (first.faults.length === 0) expect(again.faults).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

describe('a form', () => {
  const choice = field({ key: 'a', label: '甲', type: 'choice', options: ['1', '2'] });
  const faultsOf = (...fields: z.input<typeof formField>[]) =>
    formFaults([choice, ...fields.map(field)]).map(({ message }) => message);

  it('asks only about choices that come before, and for what can be chosen', () => {
    const asks = (condition: { field: string; values: string[] }) =>
      faultsOf({ key: 'b', label: '乙', type: 'text', visible: condition }, { key: 'c', label: '丙', type: 'text' });
    expect(asks({ field: 'a', values: ['1'] })).toEqual([]);
    expect(asks({ field: 'a', values: ['3'] })).toEqual(['“甲”没有选项“3”']);
    expect(asks({ field: 'c', values: ['1'] })).toEqual(['条件所依据的字段“c”须排在前面']);
    expect(
      faultsOf(
        { key: 'b', label: '乙', type: 'text' },
        { key: 'c', label: '丙', type: 'date', required: { field: 'b', values: ['1'] } },
      ),
    ).toEqual(['“乙”不是选择字段，不能作为条件']);
  });

  it('names nothing twice', () => {
    expect(faultsOf({ key: 'a', label: '甲', type: 'text' })).toEqual(['编码“a”重复', '字段名称“甲”重复']);
    expect(faultsOf({ key: 'b', label: '乙', type: 'choice', options: ['x', 'x'] })).toEqual(['选项“x”重复']);
    expect(faultsOf({ key: 'b', label: '乙', type: 'cascade', options: [['x'], ['x', 'y']] })).toEqual(['选项“x”重复']);
    expect(
      faultsOf({
        key: 'b',
        label: '乙',
        type: 'cascade',
        options: [
          ['x', 'z'],
          ['x', 'y'],
        ],
      }),
    ).toEqual([]);
  });

  it.each(Object.entries(orderFormTemplates))('of the template %s is one', (_, fields) => {
    expect(formFaults(fields)).toEqual([]);
  });
});
