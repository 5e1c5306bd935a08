/** Each node on a host of its own. */
import { readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { filledFields } from './fields.ts';
import type { FlowHost } from './flow-host.ts';
import type { LookupAnswer } from './host.ts';
import type { Field } from './node.ts';
import { nodeTypes } from './registry.ts';
import { around, CODE, graphOf, PERSON, QUEUE, scripted, walk } from './testing.ts';
import type { Variables } from './variables.ts';

/** Where a single node is left to, and what its host was asked. */
async function leave(
  [type, config, exits]: [string, object, string[]],
  script: Parameters<typeof scripted>[0] & { variables?: Variables } = {},
  answers: Partial<FlowHost> = {},
) {
  const host = scripted(script, answers);
  const from = { node: null, variables: script.variables ?? {}, stack: [] };
  const { path, variables } = await walk(around(type, config, exits), host, { from });
  return { exit: path[1], variables, host };
}

describe('the folder of nodes', () => {
  it('is what is loaded', () => {
    const files = readdirSync(new URL('./nodes/', import.meta.url)).map((name) => name.replace('.ts', ''));
    expect([...nodeTypes.keys()].map((type) => type.replaceAll('_', '-')).sort()).toEqual(files.sort());
  });

  it.each([...nodeTypes.values()].map((node) => [node.type, node] as const))(
    '%s has a form for its configuration',
    (_, node) => {
      const names = (fields: readonly Field[]): string[] => fields.map(({ name }) => name);
      expect(Object.keys((node.config as unknown as { shape: object }).shape).sort()).toEqual(names(node.form).sort());
      expect(node.title).toMatch(/\p{Script=Han}/u);
      const fields = [...node.form, ...node.form.flatMap((field) => field.fields ?? [])];
      for (const { kind, choices, fields: rows } of fields) {
        expect(choices !== undefined).toBe(kind === 'choice');
        expect(rows !== undefined).toBe(kind === 'items');
      }
    },
  );

  it('reads rows of items field by field', () => {
    const form = nodeTypes.get('branch')?.form ?? [];
    const read = [...filledFields(form, { ways: [{ label: '一', when: 'true' }] })];
    expect(read.map(({ path, value }) => [path.join('.'), value])).toEqual([
      ['ways.0.label', '一'],
      ['ways.0.when', 'true'],
    ]);
  });
});

describe('menu', () => {
  const menu: [string, object, string[]] = [
    'menu',
    { text: '一', items: [{ key: '1', label: '一' }], attempts: 1, variable: 'choice' },
    ['key_1', 'exhausted', 'timeout', 'invalid'],
  ];
  it('keeps the key, and parts silence from wrong keys', async () => {
    expect(await leave(menu, { keys: ['1'] })).toMatchObject({ exit: 'key_1', variables: { choice: '1' } });
    expect((await leave(menu, { keys: ['3'] })).exit).toBe('invalid');
    expect((await leave(menu)).exit).toBe('timeout');
  });
});

describe('collect', () => {
  const collect = (config: object = {}): [string, object, string[]] => [
    'collect',
    { text: '请输入', variable: 'id', minDigits: 2, maxDigits: 4, attempts: 2, ...config },
    ['done', 'exhausted', 'timeout', 'invalid'],
  ];
  it.each([
    [['1', '2', '#'], '12'],
    [['1', '2', null], '12'],
    [['1', '2', '3', '4', '5'], '1234'],
    [['1', '*', '2', '#'], '1*2'],
    [['1', '#', '7', '8', '9', '#'], '789'],
    [[null, '7', '8', '#'], '78'],
  ])('takes %j as %s', async (keys, id) => {
    expect(await leave(collect(), { keys })).toMatchObject({ exit: 'done', variables: { id } });
  });

  it('gives up after the attempts', async () => {
    const { exit, host } = await leave(collect(), { keys: ['1', '#', '2', '#', '3', '4'] });
    expect(exit).toBe('invalid');
    expect(host.spoken).toEqual(['请输入', '您的输入有误，请重新输入。请输入']);
    expect((await leave(collect())).exit).toBe('timeout');
  });

  it('tells the trajectory what was entered, or only how much', async () => {
    expect((await leave(collect(), { keys: ['1', '2', '#'] })).host.keys).toEqual([['it', '12', 'id']]);
    expect((await leave(collect({ secret: true }), { keys: ['1', '2', '#'] })).host.keys).toEqual([['it', '••', 'id']]);
  });

  it('refuses more digits at least than at most', () => {
    expect(() => graphOf(around(...collect({ minDigits: 9 })))).toThrow('最多位数：最多位数不能小于最少位数');
  });
});

describe('say', () => {
  const say = (value: string, as: string): [string, object, string[]] => ['say', { value, as }, ['done', 'failed']];
  it.each([
    ['amount * 2', 'money', '两千四百六十九元'],
    ['ticket', 'digits', '二零幺'],
    ['now.date', 'date', '二零二六年十一月二十二日'],
    ['now.time', 'time', '十六点零五分'],
    ['-amount', 'number', '负一千二百三十四点五'],
  ])('speaks %s as %s', async (value, as, text) => {
    const { exit, host } = await leave(say(value, as), { variables: { amount: 1234.5, ticket: '201' } });
    expect([exit, host.spoken]).toEqual(['done', [text]]);
  });
  it('says nothing of what it does not know', async () => {
    const { exit, host } = await leave(say('nothing', 'number'));
    expect([exit, host.spoken]).toEqual(['failed', []]);
  });
});

describe('branch', () => {
  const ways = ['caller.region == "北京市"', 'size(tax) > 3', 'now.weekday == 7 && now.hour >= 16'];
  const branch: [string, object, string[]] = [
    'branch',
    { ways: ways.map((when, index) => ({ label: String(index), when })) },
    ['way_1', 'way_2', 'way_3', 'otherwise'],
  ];
  it('takes the first condition that holds; what can not be worked out does not', async () => {
    expect((await leave(branch)).exit).toBe('way_3');
    expect((await leave(branch, { variables: { tax: '1234' } })).exit).toBe('way_2');
    expect((await leave(branch, {}, { now: () => new Date(0) })).exit).toBe('otherwise');
  });
  it('takes nothing for true that is not', async () => {
    const loose: [string, object, string[]] = [
      'branch',
      { ways: [{ label: 'x', when: '"true"' }] },
      ['way_1', 'otherwise'],
    ];
    expect((await leave(loose)).exit).toBe('otherwise');
  });
});

describe('hours', () => {
  it.each(['open', 'closed', 'holiday'] as const)('parts calls by the calendar: %s', async (opening) => {
    const answer = { opening: async () => opening };
    expect((await leave(['hours', {}, ['open', 'closed', 'holiday']], {}, answer)).exit).toBe(opening);
    // Flows that don't tell holidays apart.
    const closed = opening === 'open' ? 'open' : 'closed';
    expect((await leave(['hours', {}, ['open', 'closed']], {}, answer)).exit).toBe(closed);
  });
});

describe('set', () => {
  const set = (value: string): [string, object, string[]] => ['set', { variable: 'x', value }, ['done', 'failed']];
  it('gives a value, or takes it away', async () => {
    expect(await leave(set('y + 1'), { variables: { y: 2 } })).toMatchObject({ exit: 'done', variables: { x: 3 } });
    expect((await leave(set('y + 1'), { variables: { x: 1 } })).variables).toEqual({});
    expect((await leave(set('1 / 0'))).exit).toBe('failed');
  });
});

describe('lookup', () => {
  const lookup: [string, object, string[]] = [
    'lookup',
    {
      url: 'https://tax.example/taxpayers?phone={caller.number}&q={q}',
      method: 'POST',
      body: [{ name: 'region', value: 'caller.region' }],
      results: [
        { path: 'data.0.name', variable: 'name' },
        { path: 'data.0.debt', variable: 'debt' },
        { path: 'data.0.list', variable: 'list' },
        { path: 'constructor.name', variable: 'odd' },
      ],
      text: '请稍候',
    },
    ['found', 'not_found', 'failed'],
  ];
  const answering = (answer: LookupAnswer) => ({ lookup: async () => answer });
  it('asks with the variables and keeps what was answered', async () => {
    const found = { data: [{ name: '张三', debt: 1.5, list: [1] }] };
    const { exit, variables, host } = await leave(lookup, { variables: { q: 'a&b 中' } }, answering({ found }));
    expect(exit).toBe('found');
    expect(variables).toEqual({ q: 'a&b 中', name: '张三', debt: 1.5 });
    expect(host.asked).toEqual([
      [
        'lookup',
        {
          node: 'it',
          url: 'https://tax.example/taxpayers?phone=13800138000&q=a%26b%20%E4%B8%AD',
          method: 'POST',
          body: { region: '南宁市' },
          deadlineMs: 2_000,
        },
      ],
    ]);
    expect(host.spoken).toEqual([]);
  });
  it('asks for patience, again and again, while the answer is awaited', async () => {
    vi.useFakeTimers();
    const answer = Promise.withResolvers<LookupAnswer>();
    const spoken: string[] = [];
    const play = async ({ text }: { text: string }) => void spoken.push(text);
    const left = leave(lookup, {}, { lookup: () => answer.promise, play });
    await vi.advanceTimersByTimeAsync(900);
    expect(spoken).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(spoken).toEqual(['请稍候']);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(spoken).toEqual(['请稍候', '请稍候']);
    answer.resolve('failed');
    expect((await left).exit).toBe('failed');
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
  it.each(['not_found', 'failed'] as const)('%s has an exit, and leaves nothing of before', async (answer) => {
    expect(await leave(lookup, { variables: { name: '李四' } }, answering(answer))).toMatchObject({
      exit: answer,
      variables: {},
    });
  });
  it('goes by «failed» when the host can not even ask', async () => {
    const { exit, host } = await leave(lookup, {}, { lookup: () => Promise.reject(new Error('broken')) });
    expect([exit, host.troubles]).toEqual(['failed', [['it', 'Error: broken']]]);
  });
  it.each([
    'ftp://x/',
    'https://{host}/x',
    'http://a@b/',
    'javascript:1',
    'https://a{b}.cn/',
    'service:{x}/',
    'service:',
  ])('refuses %s', (url) => {
    expect(() => graphOf(around('lookup', { url }, ['found', 'not_found']))).toThrow('接口地址');
  });
});

describe('agent, transfer', () => {
  it('ring whom they name', async () => {
    const agent: [string, object, string[]] = ['agent', { personId: PERSON }, ['served', 'unavailable']];
    expect((await leave(agent)).host.asked).toEqual([['agent', { node: 'it', personId: PERSON, ringSeconds: 25 }]]);
    expect((await leave(agent, {}, { agent: async () => 'unavailable' })).exit).toBe('unavailable');
    const transfer = (config: object): [string, object, string[]] => ['transfer', config, ['served', 'failed']];
    const asked = async (config: object) => (await leave(transfer(config))).host.asked[0]?.[1].to;
    expect(await asked({ number: '07711234567' })).toEqual({ kind: 'number', number: '07711234567' });
    expect(await asked({ accessCodeId: CODE })).toEqual({ kind: 'centre', accessCodeId: CODE });
    expect((await leave(transfer({ number: '110' }), {}, { transfer: async () => 'failed' })).exit).toBe('failed');
  });
  it.each([{}, { number: '110', accessCodeId: CODE }, { number: '{caller.number}' }])(
    'refuses to transfer to %j',
    (config) => {
      expect(() => graphOf(around('transfer', config, ['served', 'failed']))).toThrow('it: ');
    },
  );
});

describe('what the channel does by itself', () => {
  it('a survey asks in the words of its node, with the reasons by their keys', async () => {
    const reasons = [
      { key: '1', label: '态度' },
      { key: '3', label: '解答' },
    ];
    const { host } = await leave(['satisfaction', { timeoutSeconds: 4, reasons }, ['done']]);
    expect(host.asked[0]?.[1]).toMatchObject({ node: 'it', attempts: 2, timeoutMs: 4_000, reasons });
    expect(host.asked[0]?.[1].reasonText).toBe('请问您不满意的原因是，态度请按1，解答请按3。');
    expect(host.asked[0]?.[1].invitation).toContain('非常满意请按1');
  });
  it.each([
    [['voicemail', { scene: 'closed' }, ['left', 'none']], 'left', { scene: 'closed', maxSeconds: 120 }],
    [['callback', {}, ['booked', 'declined']], 'booked', { key: '1', timeoutMs: 5_000 }],
    [['sms', { text: '单号{no}' }, ['sent', 'failed']], 'sent', { text: '单号12' }],
    [
      ['work_order', { title: '来电{caller.region}', content: 'x' }, ['created', 'failed']],
      'created',
      { title: '来电南宁市' },
    ],
    [
      ['queue', { queueId: QUEUE, positionText: '{no}前{position}' }, ['served', 'timeout']],
      'served',
      { positionText: '12前{position}' },
    ],
  ] as [[string, object, string[]], string, object][])('%j', async (node, exit, request) => {
    const left = await leave(node, { variables: { no: 12 } });
    expect(left.exit).toBe(exit);
    expect(left.host.asked[0]?.[1]).toMatchObject(request);
  });
});

describe('play', () => {
  it('says what stands in it, with its variables', async () => {
    const play = (text: string): [string, object, string[]] => ['play', { text }, ['done']];
    const variables = { n: 5, odd: '{n}' };
    const spoken = async (text: string) => (await leave(play(text), { variables })).host.spoken[0];
    expect(await spoken('{caller.region}您好，{n}元{gone}，{n:money}，{ n }{odd}')).toBe(
      '南宁市您好，5元，五元，{ n }{n}',
    );
    expect(await spoken('{constructor}{caller.constructor}{toString.name}x')).toBe('x');
  });
});
