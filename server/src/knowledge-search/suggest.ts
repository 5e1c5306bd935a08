/** 检索建议: titles and questions as they are typed, as far as they may be read. */
import type { Suggestion } from '@rexian/contracts';
import type { KnowledgeFinder } from '../knowledge-index/finder.ts';
import { dayName } from '../platform/clock.ts';
import type { Asker } from './asker.ts';
import { foundRows } from './found-rows.ts';

/** Some of what the index takes for readable isn't. */
const SPARE = 4;

export async function suggestKnowledge(
  { db, reach, owners, unit }: Asker,
  finder: KnowledgeFinder,
  { text, libraryId, limit }: { text: string; libraryId?: string | undefined; limit: number },
): Promise<Suggestion[]> {
  if (text.trim() === '') return [];
  const today = dayName(new Date());
  const most = limit * SPARE;
  const found = await finder.ask({ ask: 'suggest', text, reach, owners, unitId: unit.id, today, libraryId, most });
  const rows = await foundRows(
    db,
    found.map(({ id }) => id),
    'valid',
    today,
  );
  const texts = new Set<string>();
  return found
    .filter(({ id, text: said }) => rows.has(id) && !texts.has(said) && texts.add(said))
    .slice(0, limit)
    .map(({ id, kind, text: said, parts }) => ({ id, kind, text: said, parts }));
}
