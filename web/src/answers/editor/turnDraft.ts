/** The turns of an answer while they are written: keyed, half-written, and with what was written before a turn asked back. */
import { ANSWER_MAX, type AnswerTurn, TURNS_DEEPEST } from '@rexian/contracts';
import { z } from 'zod';
import { newUuid } from '../../platform/newUuid.ts';

export interface TurnDraft {
  key: string;
  /** Asks back; else it answers. */
  asks: boolean;
  answer: string;
  ask: string;
  slot: string;
  choices: ChoiceDraft[];
}
export interface ChoiceDraft {
  key: string;
  choice: string;
  /** As typed, parted by 、 or commas. */
  synonyms: string;
  next: TurnDraft;
}

export const turnDraft: z.ZodType<TurnDraft, TurnDraft> = z.lazy(() =>
  z.object({
    key: z.string(),
    asks: z.boolean(),
    answer: z.string(),
    ask: z.string(),
    slot: z.string(),
    choices: z.array(z.object({ key: z.string(), choice: z.string(), synonyms: z.string(), next: turnDraft })),
  }),
);

export const emptyTurn = (): TurnDraft => ({
  ...{ key: newUuid(), asks: false, answer: '', ask: '', slot: '', choices: [] },
});
export const emptyChoice = (): ChoiceDraft => ({ key: newUuid(), choice: '', synonyms: '', next: emptyTurn() });

export function turnDraftOf(turn: AnswerTurn): TurnDraft {
  if ('answer' in turn) return { ...emptyTurn(), answer: turn.answer };
  const choices = turn.choices.map(({ choice, synonyms, next }) => ({
    ...{ key: newUuid(), choice, synonyms: synonyms.join('、'), next: turnDraftOf(next) },
  }));
  return { ...emptyTurn(), asks: true, ask: turn.ask, slot: turn.slot, choices };
}

export function turnOf({ asks, answer, ask, slot, choices }: TurnDraft): AnswerTurn {
  if (!asks) return { answer: answer.trim() };
  return {
    ...{ ask: ask.trim(), slot: slot.trim() },
    choices: choices.map(({ choice, synonyms, next }) => ({
      ...{ choice: choice.trim(), synonyms: wordsOf(synonyms), next: turnOf(next) },
    })),
  };
}

const wordsOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[、，,；;\n]/)
      .map((each) => each.trim())
      .filter(Boolean),
  ),
];

/** Turns it into a question with two choices; what it answered is what the first choice answers. */
export function askingBack(turn: TurnDraft): TurnDraft {
  const first = emptyChoice();
  const carried = { ...first, next: { ...first.next, answer: turn.answer } };
  const choices = turn.choices.length > 0 ? turn.choices : [carried, emptyChoice()];
  return { ...turn, asks: true, choices };
}

/** Whether anything was written in it. */
export const isWritten = ({ asks, answer, ask, choices }: TurnDraft): boolean =>
  answer !== '' || (asks && (ask !== '' || choices.some(({ choice, next }) => choice !== '' || isWritten(next))));

/** What keeps it from being sent in, by the key of the turn or choice. */
export function turnFaults(turn: TurnDraft, depth = 0): Map<string, string> {
  const faults = new Map<string, string>();
  const { key, asks, answer, ask, slot, choices } = turn;
  if (!asks) {
    if (answer.trim() === '') faults.set(key, '请填写答案');
    else if (answer.trim().length > ANSWER_MAX) faults.set(key, `答案最多 ${ANSWER_MAX} 字`);
    return faults;
  }
  if (ask.trim() === '') faults.set(key, '请填写反问');
  else if (slot.trim() === '') faults.set(key, '请填写槽位');
  else if (choices.length < 2) faults.set(key, '至少两个选项');
  else if (depth >= TURNS_DEEPEST) faults.set(key, `最多反问 ${TURNS_DEEPEST} 层`);
  const names = choices.map(({ choice }) => choice.trim());
  for (const [index, each] of choices.entries()) {
    const name = names[index] ?? '';
    if (name === '') faults.set(each.key, '请填写选项');
    else if (names.indexOf(name) < index) faults.set(each.key, `选项“${name}”重复`);
    for (const [at, fault] of turnFaults(each.next, depth + 1)) faults.set(at, fault);
  }
  return faults;
}

/** One place up or down; at the ends it stays. */
export function moved<Each>(list: readonly Each[], from: number, step: -1 | 1): Each[] {
  const to = from + step;
  const [one, other] = [list[from], list[to]];
  if (one === undefined || other === undefined) return [...list];
  return list.with(from, other).with(to, one);
}

/** Slots that are asked for anywhere, for the next question to take up. */
export const slotsOf = ({ asks, slot, choices }: TurnDraft): string[] =>
  asks ? [...new Set([slot.trim(), ...choices.flatMap(({ next }) => slotsOf(next))])].filter(Boolean) : [];
