/** What a call plays for a prompt. */
import { sql } from 'kysely';
import type { PromptStore } from '../engines/speech/prompts.ts';
import type { Queryable } from '../platform/db.ts';

/**
 * The media URI of the prompt of a name as calls of a unit hear it now, the unit's own before those of units above: its recording, else its
 * text by the engine; null when there is none. A recording that storage has lost is spoken: callers hear something rather than nothing. `db`
 * sees everything.
 */
export async function promptMedia(
  db: Queryable,
  prompts: PromptStore,
  { unitId, name }: { unitId: string; name: string },
): Promise<string | null> {
  const { rows } = await sql<{ text: string; recording_key: string | null }>`
    select p.text, p.recording_key from prompts p join units u on u.id = p.unit_id
    where p.name = ${name} and u.path @> (select path from units where id = ${unitId})
    order by nlevel(u.path) desc limit 1`.execute(db);
  const [found] = rows;
  if (!found) return null;
  const { text, recording_key: key } = found;
  return key === null ? prompts.media(text) : prompts.recorded(key).catch(() => prompts.media(text));
}
