/** What a call plays for a prompt. */
import type { PromptStore } from '../engines/speech/prompts.ts';
import type { Queryable } from '../platform/db.ts';

/**
 * The media URI of a prompt as it is now: its recording, else its text by the engine; null when there is no such prompt. A recording that
 * storage has lost is spoken: callers hear something rather than nothing. `db` sees everything.
 */
export async function promptMedia(db: Queryable, prompts: PromptStore, id: string): Promise<string | null> {
  const found = await db
    .selectFrom('prompts')
    .select(['text', 'recording_key'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found) return null;
  const { text, recording_key: key } = found;
  return key === null ? prompts.media(text) : prompts.recorded(key).catch(() => prompts.media(text));
}
