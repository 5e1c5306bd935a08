import { answerContent, thesaurusFacts } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { turnOf } from '../answers.ts';
import { NANNING_ANSWERS, NANNING_PROPOSAL } from '../local-answers.ts';
import { type DemoPair, demoKnowledge, type Turn } from './content.ts';

const { articles, pairs, terms } = demoKnowledge();
const slugs = new Set(articles.map(({ slug }) => slug));

const twice = (values: string[]): string[] => values.filter((value, index) => values.indexOf(value) !== index);
const phrasings = ({ question, similar }: DemoPair): string[] => [question, ...similar];
const answers = (turn: Turn): string[] => ('answer' in turn ? [turn.answer] : turn.choices.flatMap(answers));

it('is as much as search quality can be judged by', () => {
  expect(articles.length).toBeGreaterThanOrEqual(300);
  expect(pairs.length).toBeGreaterThanOrEqual(500);
  expect(terms.length).toBeGreaterThanOrEqual(200);
});

it('has every article and every question once, and leads nowhere that is not there', () => {
  expect(twice(articles.map(({ slug }) => slug))).toEqual([]);
  expect(twice(articles.map(({ title }) => title))).toEqual([]);
  expect(twice(pairs.map(({ id }) => id))).toEqual([]);
  expect(twice(pairs.flatMap(phrasings))).toEqual([]);
  const led = articles.flatMap(({ slug, related, markdown }) =>
    [...related, ...[...markdown.matchAll(/\(article:([^)]*)\)/g)].map(([, to = '']) => to)].map((to) => ({
      slug,
      to,
    })),
  );
  expect(led.filter(({ to }) => !slugs.has(to))).toEqual([]);
  expect(pairs.filter((pair) => !slugs.has(pair.article))).toEqual([]);
});

it('is filed under libraries and categories that have articles', () => {
  const shelves = new Set(articles.map(({ library, category }) => `${library}/${category}`));
  expect(pairs.filter(({ library, category }) => !shelves.has(`${library}/${category}`))).toEqual([]);
});

it('answers that are read out hold no markup', () => {
  expect(pairs.flatMap(answers).filter((answer) => /[#*|<>[\]]|\n/.test(answer))).toEqual([]);
});

it('articles have a body worth reading and end after they begin', () => {
  expect(articles.filter(({ markdown }) => markdown.length < 150)).toEqual([]);
  expect(articles.filter(({ from, to }) => from && to && from > to)).toEqual([]);
});

it('fits the bank of answers and the thesaurus, as if somebody had typed it', () => {
  const blank = { libraryId: newId(), categoryId: newId(), articleId: newId(), tags: [], replacesId: null };
  const rest = { ...blank, validFrom: null, validTo: null, sharing: 'all' };
  const typed = [
    ...pairs.map((pair) => ({ question: pair.question, phrasings: pair.similar, turn: turnOf(pair) })),
    ...[...NANNING_ANSWERS, NANNING_PROPOSAL].map(({ question, phrasings: others, answer }) => ({
      ...{ question, phrasings: others, turn: { answer } },
    })),
  ];
  for (const each of typed) expect(answerContent.parse({ ...rest, ...each }), each.question).toMatchObject(each);
  for (const each of terms) expect(thesaurusFacts.parse({ ...each, enabled: true })).toMatchObject(each);
  expect(twice(terms.map(({ term }) => term))).toEqual([]);
  expect(twice(typed.flatMap(({ question, phrasings: others }) => [question, ...others]))).toEqual([]);
});
