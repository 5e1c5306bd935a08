import { libraryOf } from './PlaceSelect.tsx';
import { useLibraries } from './useLibraries.ts';

/** Where a category stands: `纳税服务 / 发票管理 / 开具`. */
export function usePlace(categoryId: string): string {
  const { data = [] } = useLibraries();
  const library = libraryOf(data, categoryId);
  if (!library) return '';
  const names: string[] = [];
  for (let at: string | null = categoryId; at !== null; ) {
    const category = library.categories.find(({ id }) => id === at);
    if (category) names.unshift(category.name);
    at = category?.parentId ?? null;
  }
  return [library.name, ...names].join(' / ');
}
