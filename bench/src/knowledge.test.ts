import { demoKnowledge } from '@rexian/server/seed/knowledge/content.ts';
import { expect, it } from 'vitest';
import { readQuestions } from './knowledge.ts';

it('questions that quality is judged by: half for tuning, half for the figure, each with an answer that is there', () => {
  const questions = readQuestions();
  const ids = new Set(demoKnowledge().pairs.map(({ id }) => id));
  for (const half of ['tuning', 'final'] as const) {
    expect(questions.filter((question) => question.half === half)).toHaveLength(60);
  }
  expect(questions.flatMap((question) => question.expect).filter((id) => !ids.has(id))).toEqual([]);
  expect(new Set(questions.map(({ ask }) => ask)).size).toBe(120);
  // Nobody may have written a question down as a phrasing.
  const phrasings = new Set(demoKnowledge().pairs.flatMap(({ question, similar }) => [question, ...similar]));
  expect(questions.filter(({ ask }) => phrasings.has(ask))).toEqual([]);
});
