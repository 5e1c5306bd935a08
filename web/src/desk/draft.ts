import type { WrapUpResult } from '@rexian/contracts';
import { wrapUpResult } from '@rexian/contracts';
import { z } from 'zod';

const PREFIX = 'rexian.draft.';
const KEEP_MS = 7 * 86_400_000;

const schema = z.object({
  result: wrapUpResult.schema.nullable(),
  categoryId: z.string().nullable(),
  remark: z.string().max(2_000),
  whenOver: z.boolean().default(false),
  savedAt: z.number(),
});

/** A wrap-up that is not saved yet. */
export type Draft = {
  result: WrapUpResult | null;
  categoryId: string | null;
  remark: string;
  /** It says all that is to be said: it is saved by itself once the call is over. */
  whenOver: boolean;
};

export const emptyDraft: Draft = { result: null, categoryId: null, remark: '', whenOver: false };

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** The draft of a leg; an empty one when there is none or the stored text can't be read. */
export function loadDraft(legId: string, shelf: Shelf = localStorage): Draft {
  return read(shelf.getItem(PREFIX + legId)) ?? emptyDraft;
}

export function saveDraft(legId: string, draft: Draft, shelf: Shelf = localStorage, now = Date.now()): void {
  try {
    shelf.setItem(PREFIX + legId, JSON.stringify({ ...draft, savedAt: now }));
  } catch {
    // A full disk quota must not stop the agent from typing; the form itself still holds the text.
  }
}

export function dropDraft(legId: string, shelf: Shelf = localStorage): void {
  shelf.removeItem(PREFIX + legId);
}

/** Removes drafts nobody came back to within a week. */
export function sweepDrafts(shelf: Shelf = localStorage, now = Date.now()): void {
  const names = Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? '');
  for (const name of names.filter((each) => each.startsWith(PREFIX))) {
    const draft = read(shelf.getItem(name));
    if (!draft || now - draft.savedAt > KEEP_MS) shelf.removeItem(name);
  }
}

function read(text: string | null): z.infer<typeof schema> | null {
  if (text === null) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
