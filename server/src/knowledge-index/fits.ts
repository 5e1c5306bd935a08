import { isFor } from '@rexian/knowledge/regions.ts';
import type { Entry, IndexFilter, IndexFilters } from './questions.ts';

/** Whether it is among what was chosen. `left`: a filter that doesn't count. */
export function fits(
  entry: Pick<Entry, 'kind' | 'libraryId' | 'categoryId' | 'regions'>,
  filters: IndexFilters,
  left: IndexFilter | null,
): boolean {
  const { kind, libraryId, categoryIds, region } = filters;
  if (kind && left !== 'kind' && entry.kind !== kind) return false;
  if (libraryId && left !== 'libraryId' && entry.libraryId !== libraryId) return false;
  if (categoryIds && left !== 'categoryIds' && !categoryIds.includes(entry.categoryId)) return false;
  return !region || left === 'region' || isFor(entry.regions, region);
}
