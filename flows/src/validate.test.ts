import { describe, expect, it } from 'vitest';
import { type FlowDocument, flowTexts } from './graph.ts';
import { nodeTypes } from './registry.ts';
import { CODE, END, FLOW, graphOf, PERSON, QUEUE } from './testing.ts';
import { type Known, referencesOf, validate } from './validate.ts';

const known: Known = {
  queue: new Set([QUEUE]),
  person: new Set([PERSON]),
  access_code: new Set([CODE]),
  flow: new Map([[FLOW, []]]),
  prompt: new Set(['欢迎词']),
  self: null,
};
const play = (text: string, done: string) => ({ type: 'play', config: { text }, next: { done } });
const flowOf = (nodes: FlowDocument['nodes']): FlowDocument => ({ start: Object.keys(nodes)[0] ?? '', nodes });
const check = (nodes: FlowDocument['nodes'], things: Known | null = known) =>
  validate(flowOf(nodes), nodeTypes, things);

describe('validation', () => {
  it('finds nothing wrong with what is right', () => {
    const right = check({
      ask: {
        type: 'collect',
        config: { text: '{caller.region}', variable: 'tax' },
        next: { done: 'say', exhausted: 'q' },
      },
      say: { type: 'say', config: { value: 'tax', as: 'digits' }, next: { done: 'q' } },
      q: { type: 'queue', config: { queueId: QUEUE }, next: { served: 'end', timeout: 'ask' } },
      end: END,
    });
    expect(right).toEqual({ faults: [], warnings: [] });
  });

  it('names exits that lead nowhere, with node and exit', () => {
    const menu = { type: 'menu', config: { text: '请选', items: [{ key: '1', label: '人工' }] }, next: {} };
    expect(check({ menu }).faults).toEqual([
      { node: 'menu', port: 'key_1', message: '出口“1 人工”没有连接' },
      { node: 'menu', port: 'exhausted', message: '出口“次数用完”没有连接' },
    ]);
  });

  it('names fields by their words', () => {
    const items = [{ key: 'x', label: '人工' }];
    const { faults } = check({ menu: { type: 'menu', config: { text: '请选', items, attempts: 99 }, next: {} } });
    expect(faults.map(({ field }) => field)).toEqual(['items.0.key', 'attempts']);
    expect(faults[0]?.message).toBe('按键第 1 行按键：请填写一个按键');
    expect(faults[1]?.message).toMatch(/^最多播放次数：/);
  });

  it('warns of nodes that nobody comes to', () => {
    expect(check({ a: play('一', 'end'), lost: play('二', 'end'), end: END }).warnings).toEqual([
      { node: 'lost', message: '从开始节点走不到这里' },
    ]);
  });

  it.each([
    ['queue', { queueId: PERSON }, ['served', 'timeout'], '技能组不存在或已停用'],
    ['agent', { personId: QUEUE }, ['served', 'unavailable'], '人员不存在或已停用'],
    ['transfer', { accessCodeId: QUEUE }, ['served', 'failed'], '接入码不存在或已停用'],
    ['sub_flow', { flowId: QUEUE }, ['done'], '流程不存在或已停用'],
  ])('finds what is gone: %s', (type, config, exits, message) => {
    const node = { type, config, next: Object.fromEntries(exits.map((exit) => [exit, 'end'])) };
    expect(check({ node, end: END }).faults).toEqual([{ node: 'node', field: Object.keys(config)[0], message }]);
    expect(check({ node, end: END }, null).faults).toEqual([]);
    expect(referencesOf(graphOf(flowOf({ node, end: END })))).toHaveLength(1);
  });

  it('finds circles in which nobody does anything, and only those', () => {
    const circle = check({
      a: play('一', 'b'),
      b: { type: 'hours', config: {}, next: { open: 'a', closed: 'c' } },
      c: play('三', 'end'),
      end: END,
    });
    expect(circle.faults.map(({ node }) => node)).toEqual(['a', 'b']);
    const menu = { text: '请选', items: [{ key: '1', label: '一' }] };
    const waits = check({
      a: play('一', 'm'),
      m: { type: 'menu', config: menu, next: { key_1: 'a', exhausted: 'end' } },
      end: END,
    });
    expect(waits.faults).toEqual([]);
  });

  it('finds sub-flows that lead back here', () => {
    const self = '018f0000-0000-7000-8000-00000000000f';
    const nodes = { s: { type: 'sub_flow', config: { flowId: FLOW }, next: { done: 'end' } }, end: END };
    const flow = new Map([
      [FLOW, [QUEUE]],
      [QUEUE, [FLOW, self]],
      [self, []],
    ]);
    expect(check(nodes, { ...known, flow, self }).faults).toMatchObject([{ node: 's', field: 'flowId' }]);
    expect(check(nodes, { ...known, flow: new Map([[FLOW, [FLOW]]]), self }).faults).toEqual([]);
  });

  it('finds bad expressions, and warns of variables that nothing sets', () => {
    const ways = [
      { label: '一', when: 'tax ==' },
      { label: '二', when: 'tax == "1" && caller.name == ""' },
    ];
    const { faults, warnings } = check({
      b: { type: 'branch', config: { ways }, next: { way_1: 'p', way_2: 'p', otherwise: 'p' } },
      p: play('{tax}，{caller.number}，{caller.number:digit}', 'end'),
      end: END,
    });
    expect(faults).toEqual([{ node: 'b', field: 'ways.0.when', message: '条件：表达式第 7 个字符处有误' }]);
    expect(warnings.map(({ message }) => message)).toEqual([
      '条件：没有变量“tax”',
      '条件：没有变量“caller.name”',
      '播放内容：没有变量“tax”',
      '播放内容：没有“digit”这种读法',
    ]);
  });

  it('knows the prompts of the library, which are no variables', () => {
    const text = '{{欢迎词}}您好，{{ 停机公告 }}';
    const nodes = { p: play(text, 'm'), m: { type: 'sms', config: { text }, next: { sent: 'end' } }, end: END };
    const { faults, warnings } = check(nodes);
    expect(faults).toEqual([{ node: 'p', field: 'text', message: '播放内容：语音库中没有“停机公告”' }]);
    expect(warnings.map(({ node }) => node)).toEqual(['m', 'm']);
    expect(referencesOf(graphOf(flowOf(nodes)))).toEqual([
      { kind: 'prompt', id: '欢迎词' },
      { kind: 'prompt', id: '停机公告' },
    ]);
    expect(flowTexts(graphOf(flowOf(nodes)))).toEqual(['您好，']);
  });

  it('grows with the flow and no faster', () => {
    const chain = (size: number) =>
      flowOf(
        Object.fromEntries(
          Array.from({ length: size }, (_, index) => [`n${index}`, play('您好', `n${(index + 1) % size}`)]),
        ),
      );
    expect(validate(chain(1_000), nodeTypes, known).faults).toHaveLength(1_000);
    expect(validate(chain(1_001), nodeTypes, known).faults[0]?.message).toContain('节点不能超过 1000 个');
  });
});

it('says what doesn’t fit in the words of those who fill in forms', () => {
  const messages = (config: unknown, type = 'menu') =>
    validate({ start: 'a', nodes: { a: { type, config, next: {} } } }, nodeTypes, null)
      .faults.filter(({ field }) => field !== undefined)
      .map(({ field, message }) => `${field} ${message}`);
  expect(messages({ text: ' ', items: [] })).toEqual(['text 菜单提示语：请填写', 'items 按键：至少填写 1 行']);
  expect(messages({ text: '请按键', items: [{ key: '1', label: '' }], attempts: 10, timeoutSeconds: 0 })).toEqual([
    'items.0.label 按键第 1 行名称：请填写',
    'timeoutSeconds 等待按键：不能小于 1',
    'attempts 最多播放次数：不能大于 9',
  ]);
  expect(messages({ text: '长'.repeat(301) }, 'sms')).toEqual(['text 短信内容：不能超过 300 个字']);
  expect(messages({}, 'queue')).toEqual(['queueId 技能组：请选择技能组']);
});

it('blames a node with faults, not those behind it', () => {
  const { faults, warnings } = check({
    ask: { type: 'collect', config: { variable: 'tax' }, next: { done: 'say', exhausted: 'end' } },
    say: { type: 'say', config: { value: 'tax' }, next: { done: 'end' } },
    end: END,
  });
  expect(faults).toEqual([{ node: 'ask', field: 'text', message: '提示语：请填写' }]);
  expect(warnings).toEqual([]);
});
