/** What an answer of the bank says: at once, or after asking back. */
import { z } from 'zod';
import { requiredText } from './common.ts';

/** Characters that are read aloud or written into a chat in one go. */
export const ANSWER_MAX = 500;
/** Questions asked back one after the other. */
export const TURNS_DEEPEST = 6;
const MOST_TURNS = 200;

const phrasing = requiredText(100, '请输入问法');
export const phrasings = z.array(phrasing).max(100, '最多 100 个问法');

/** Either what is answered, or what has to be known first. */
export type AnswerTurn =
  | { answer: string }
  | {
      ask: string;
      /** 槽位: what it is about, e.g. 纳税人类型; a later question of the same slot isn't asked again. */
      slot: string;
      choices: { choice: string; synonyms: string[]; next: AnswerTurn }[];
    };

const said = z.strictObject({ answer: requiredText(ANSWER_MAX, '请填写答案') });
const asked: z.ZodType<Exclude<AnswerTurn, { answer: string }>> = z.lazy(() =>
  z.strictObject({
    ask: requiredText(100, '请填写反问'),
    slot: requiredText(20, '请填写槽位'),
    choices: z
      .array(z.strictObject({ choice: requiredText(30, '请填写选项'), synonyms: phrasings.default([]), next: turn }))
      .min(2, '至少两个选项')
      .max(12, '最多 12 个选项'),
  }),
);
const turn: z.ZodType<AnswerTurn> = z.lazy(() => z.union([said, asked]));

/** Looked at before anything walks it by calling itself. */
const bounded = z.unknown().superRefine((value, context) => {
  let turns = 0;
  const left = [{ value, depth: 0 }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { depth } = next;
    const choices = (next.value as { choices?: unknown } | null)?.choices;
    turns += 1;
    if (depth > TURNS_DEEPEST) return context.addIssue({ code: 'custom', message: `最多反问 ${TURNS_DEEPEST} 层` });
    if (turns > MOST_TURNS) return context.addIssue({ code: 'custom', message: `最多 ${MOST_TURNS} 个分支` });
    if (!Array.isArray(choices)) continue;
    for (const each of choices) left.push({ value: (each as { next?: unknown } | null)?.next, depth: depth + 1 });
  }
});

export const answerTurn = bounded.pipe(turn);

/** Every answer that a turn may come to, with the choices that lead there. */
export function answersOf(first: AnswerTurn): { path: string[]; answer: string }[] {
  if ('answer' in first) return [{ path: [], answer: first.answer }];
  return first.choices.flatMap(({ choice, next }) =>
    answersOf(next).map(({ path, answer }) => ({ path: [choice, ...path], answer })),
  );
}

/** The turn that is due once the slots that are known have answered for themselves. `known`: the choice of each slot. */
export function turnDue(first: AnswerTurn, known: Readonly<Record<string, string>>): AnswerTurn {
  if ('answer' in first) return first;
  const said = Object.hasOwn(known, first.slot) ? known[first.slot] : undefined;
  const chosen = first.choices.find(
    ({ choice, synonyms }) => said !== undefined && [choice, ...synonyms].includes(said),
  );
  return chosen ? turnDue(chosen.next, known) : first;
}
