/** 常用筛选: filters of a list that a person keeps under a name. */
import { z } from 'zod';
import { errorCodes, id, requiredText, text } from './common.ts';
import { route } from './route.ts';

export const filteredList = z.enum(['orders']);
export const SAVED_FILTERS_MAX = 30;

export const savedFilter = z.object({
  id,
  name: z.string(),
  /** As it stands in the address of the list, behind the question mark. */
  query: z.string(),
});
export type SavedFilter = z.infer<typeof savedFilter>;

const { NOT_FOUND, REFUSED } = errorCodes;
const own = { tag: 'orders', by: 'person', trace: 'none' } as const;

export const savedFilters = {
  list: route('signed_in', { method: 'GET', path: '/saved-filters', summary: '常用筛选', ...own })
    .input(z.object({ list: filteredList }))
    .output(z.array(savedFilter)),
  /** In place of what had the name. */
  save: route('signed_in', { method: 'PUT', path: '/saved-filters', summary: '保存常用筛选', ...own })
    .errors({ REFUSED })
    .input(z.object({ list: filteredList, name: requiredText(20, '请填写名称'), query: text(2_000) }))
    .output(savedFilter),
  remove: route('signed_in', { method: 'DELETE', path: '/saved-filters/{id}', summary: '删除常用筛选', ...own })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({})),
};
