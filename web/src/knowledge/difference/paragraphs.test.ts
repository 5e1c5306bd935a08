import { expect, it } from 'vitest';
import { shownParagraphs } from './paragraphs.ts';

const same = (text: string) => ({ change: 'same', text }) as const;
const added = (text: string) => ({ change: 'added', text }) as const;
const removed = (text: string) => ({ change: 'removed', text }) as const;

it('shows a paragraph that was written anew as one, word by word', () => {
  const [first] = shownParagraphs([
    removed('纳税人应当在次月十日前办理申报。'),
    added('纳税人应当在次月十五日前办理申报。'),
  ]);
  expect(first?.change).toBe('changed');
  const parts = first?.change === 'changed' ? first.parts : [];
  expect(
    parts
      .filter(({ change }) => change !== 'added')
      .map(({ text }) => text)
      .join(''),
  ).toBe('纳税人应当在次月十日前办理申报。');
  expect(
    parts
      .filter(({ change }) => change !== 'removed')
      .map(({ text }) => text)
      .join(''),
  ).toBe('纳税人应当在次月十五日前办理申报。');
});

it('keeps apart what has nothing in common, in its order', () => {
  const changes = [removed('登录电子税务局'), removed('乙'), added('请携带身份证件到办税服务厅'), same('完')];
  expect(shownParagraphs(changes)).toEqual([
    removed('登录电子税务局'),
    removed('乙'),
    added('请携带身份证件到办税服务厅'),
    same('完'),
  ]);
});

it('only counts what is far from any change', () => {
  const changes = [same('一'), same('二'), same('三'), added('四'), same('五'), same('六')];
  expect(shownParagraphs(changes)).toEqual([
    { change: 'unchanged', count: 2 },
    same('三'),
    added('四'),
    same('五'),
    { change: 'unchanged', count: 1 },
  ]);
});
