/** What is looked for and read beside a call, step by step. Pure. */
import type { AnswerTurn, ArticleValidity, KnowledgeHit, KnowledgeKind } from '@rexian/contracts';

/** What is read: the search that found it, if one did, is told what became of it. */
export interface Opened {
  kind: KnowledgeKind;
  id: string;
  /** null: it was found otherwise: among suggestions, what is hot, by a link. */
  searchId: string | null;
  /** As it was found: it is shown at once. */
  hit: KnowledgeHit | null;
  /** What was answered to what it asked back. */
  chosen: Chosen;
}

/** By slot, in the order in which they were chosen. */
export type Chosen = readonly { slot: string; choice: string }[];

export interface Filters {
  /** Whose callers it is for. */
  unitId?: string | undefined;
  kind?: KnowledgeKind | undefined;
  libraryId?: string | undefined;
  categoryId?: string | undefined;
  region?: string | undefined;
  validity?: ArticleValidity | undefined;
}
export interface Fields {
  title?: string | undefined;
  body?: string | undefined;
  tag?: string | undefined;
  source?: string | undefined;
}

export interface Lookup {
  /** As it is typed. */
  text: string;
  /** What was asked last; null: nothing yet, or what was asked is being written anew. */
  asked: { text: string; fields: Fields } | null;
  filters: Filters;
  /** Of the list that is shown; -1: none. */
  active: number;
  /** Each was opened from the one before; the last is read. */
  trail: readonly Opened[];
}

export const nothingAsked: Lookup = { text: '', asked: null, filters: {}, active: -1, trail: [] };

export type Step =
  | { type: 'typed'; text: string }
  | { type: 'asked'; fields?: Fields }
  | { type: 'filtered'; filters: Filters }
  | { type: 'moved'; by: 1 | -1; among: number }
  | { type: 'opened'; opened: Opened; at?: number }
  /** Of what is read. */
  | { type: 'chose'; chosen: Chosen }
  | { type: 'back' };

export function stepped(lookup: Lookup, step: Step): Lookup {
  switch (step.type) {
    case 'typed':
      return { ...lookup, text: step.text, asked: null, active: -1, trail: [] };
    case 'asked': {
      const fields = Object.fromEntries(Object.entries(step.fields ?? {}).filter(([, value]) => value?.trim()));
      const text = lookup.text.trim();
      if (text === '' && Object.keys(fields).length === 0) return { ...lookup, asked: null, active: -1, trail: [] };
      // The best is looked at first.
      return { ...lookup, asked: { text, fields }, active: 0, trail: [] };
    }
    case 'filtered':
      return { ...lookup, filters: step.filters, active: lookup.asked ? 0 : -1, trail: [] };
    case 'moved': {
      if (step.among === 0) return lookup;
      // From above the first back to the field itself, as long as Enter means something there.
      const lowest = lookup.asked ? 0 : -1;
      return { ...lookup, active: Math.min(Math.max(lookup.active + step.by, lowest), step.among - 1) };
    }
    case 'opened':
      return { ...lookup, active: step.at ?? lookup.active, trail: [...lookup.trail, step.opened] };
    case 'chose': {
      const read = lookup.trail.at(-1);
      return read ? { ...lookup, trail: [...lookup.trail.slice(0, -1), { ...read, chosen: step.chosen }] } : lookup;
    }
    case 'back':
      return { ...lookup, trail: lookup.trail.slice(0, -1) };
  }
}

export const knownOf = (chosen: Chosen): Record<string, string> =>
  Object.fromEntries(chosen.map(({ slot, choice }) => [slot, choice]));

/** The choice that a number key stands for: 1 is the first. */
export function choiceOf(turn: AnswerTurn, key: string): { slot: string; choice: string } | null {
  if ('answer' in turn || !/^[1-9]$/.test(key)) return null;
  const chosen = turn.choices[Number(key) - 1];
  return chosen ? { slot: turn.slot, choice: chosen.choice } : null;
}
