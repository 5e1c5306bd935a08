import { describe, expect, it } from 'vitest';
import { choiceOf, knownOf, nothingAsked, type Opened, type Step, stepped } from './state.ts';

const after = (...steps: Step[]) => steps.reduce(stepped, nothingAsked);
const article: Opened = { kind: 'article', id: 'a', searchId: null, hit: null, chosen: [] };

describe('looking something up', () => {
  it('asks for what is typed; the best is looked at first, and what is typed next is asked anew', () => {
    const asked = after({ type: 'typed', text: ' 个税退 ' }, { type: 'asked' });
    expect(asked).toMatchObject({ asked: { text: '个税退', fields: {} }, active: 0 });
    expect(stepped(asked, { type: 'typed', text: '个' })).toMatchObject({ asked: null, active: -1 });
  });
  it('asks for nothing when nothing is typed, but for a field alone', () => {
    expect(after({ type: 'asked', fields: { title: ' ' } }).asked).toBeNull();
    expect(after({ type: 'asked', fields: { title: '留抵', tag: '' } }).asked).toEqual({
      ...{ text: '', fields: { title: '留抵' } },
    });
  });
  it('goes no further than the list; among suggestions back into the field', () => {
    const down: Step = { type: 'moved', by: 1, among: 2 };
    const up: Step = { type: 'moved', by: -1, among: 2 };
    expect(after(down, down, down).active).toBe(1);
    expect(after(down, up, up).active).toBe(-1);
    expect(after({ type: 'typed', text: '退' }, { type: 'asked' }, up).active).toBe(0);
    expect(after({ type: 'moved', by: 1, among: 0 }).active).toBe(-1);
  });
  it('remembers what was chosen, of what is read', () => {
    const chosen = [{ slot: '纳税人类型', choice: '一般' }];
    const opened: Step = { type: 'opened', opened: article };
    expect(after(opened, { type: 'chose', chosen }, opened).trail.map((each) => each.chosen)).toEqual([chosen, []]);
    expect(after({ type: 'chose', chosen }).trail).toEqual([]);
  });
  it('goes back the way it came', () => {
    const read = after({ type: 'opened', opened: article, at: 3 }, { type: 'opened', opened: { ...article, id: 'b' } });
    expect(read.trail.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(stepped(read, { type: 'back' })).toMatchObject({ active: 3, trail: [article] });
  });
});

it('takes the choice of a number key, and none that is not there', () => {
  const turn = {
    ...{ ask: '您是哪一类纳税人？', slot: '纳税人类型' },
    choices: ['小规模', '一般'].map((choice) => ({ choice, synonyms: [], next: { answer: choice } })),
  };
  expect(choiceOf(turn, '2')).toEqual({ slot: '纳税人类型', choice: '一般' });
  for (const key of ['0', '3', 'a', '12']) expect(choiceOf(turn, key), key).toBeNull();
  expect(choiceOf({ answer: '可以' }, '1')).toBeNull();
  expect(knownOf([{ slot: '纳税人类型', choice: '一般' }])).toEqual({ 纳税人类型: '一般' });
});
