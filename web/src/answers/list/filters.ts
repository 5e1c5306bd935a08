/** Which list of the bank is shown, and its filter, in the address: it survives a reload and can be sent to a colleague. */
import { type AnswerFilter, answerFilter, proposalState } from '@rexian/contracts';
import { sensible } from '../../listing/sensible.ts';

export const tabs = { answers: '问答', review: '待我审核', mine: '我的提交' } as const;
export type Tab = keyof typeof tabs;

const names = {
  library: 'libraryId',
  category: 'categoryId',
  unit: 'unitId',
  state: 'state',
  validity: 'validity',
  tag: 'tag',
  q: 'search',
} as const;

export const readTab = (query: URLSearchParams): Tab => {
  const named = query.get('tab') ?? '';
  return Object.hasOwn(tabs, named) ? (named as Tab) : 'answers';
};

export function readFilter(query: URLSearchParams): AnswerFilter {
  const raw: { [Key in keyof AnswerFilter]?: unknown } = {};
  for (const [name, key] of Object.entries(names)) raw[key] = query.get(name) ?? undefined;
  const turns = query.get('turns');
  if (turns === 'one' || turns === 'many') raw.multiTurn = turns === 'many';
  return sensible(answerFilter, raw);
}

export function writeFilter(filter: AnswerFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, key] of Object.entries(names)) if (filter[key]) query.set(name, filter[key]);
  if (filter.multiTurn !== undefined) query.set('turns', filter.multiTurn ? 'many' : 'one');
  return query;
}

export const readProposalState = (query: URLSearchParams) => proposalState.schema.safeParse(query.get('state')).data;
