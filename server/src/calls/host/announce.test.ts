import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { toPinyin } from '../../engines/speech/mandarin.ts';
import { announcement } from './announce.ts';
import { Endings } from './endings.ts';

describe('the announcement of an agent', () => {
  it.each([
    ['1001', 'yao1 ling2 ling2 yao1 hao4 wei4 nin2 fu2 wu4 .'],
    ['88', 'ba1 ba1 hao4 wei4 nin2 fu2 wu4 .'],
    ['0210', 'ling2 er4 yao1 ling2 hao4 wei4 nin2 fu2 wu4 .'],
  ])('says %s digit by digit', (number, spoken) => expect(toPinyin(announcement(number) ?? '')).toBe(spoken));

  it('is none for a number without digits', () => expect(announcement('')).toBe(null));
});

describe('endings', () => {
  const waiting = (signal: AbortSignal) => ({ signal, deadlineMs: 60_000, graceMs: 30 });

  it('come to whoever waits for the name, once', async () => {
    const endings = new Endings<number>();
    const [a, b] = ['a', 'b'].map((name) => endings.of(name, waiting(new AbortController().signal)));
    endings.ended('b', 2);
    endings.ended('c', 3);
    endings.ended('a', 1);
    endings.ended('a', 9);
    expect(await Promise.all([a, b])).toEqual([1, 2]);
  });

  it('may still come shortly after the hang-up, and are given up then', async () => {
    const endings = new Endings<number>();
    const leaving = new AbortController();
    const [late, never] = ['late', 'never'].map((name) => endings.of(name, waiting(leaving.signal)));
    leaving.abort();
    await sleep(5);
    endings.ended('late', 1);
    expect(await Promise.all([late, never])).toEqual([1, null]);
  });

  it('are given up after the deadline', async () => {
    const options = { signal: new AbortController().signal, deadlineMs: 5, graceMs: 5 };
    expect(await new Endings<number>().of('a', options)).toBe(null);
  });
});
