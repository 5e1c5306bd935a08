import { type Article, readableArticleStates } from '@rexian/contracts';
import { useAction, useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';

/** Whatever becomes of an article, its lists and counts change with it. */
export const touches = [api.knowledge.key(), api.knowledgeLibraries.key(), api.notices.key()];

/** Readers see it now. */
export const isRead = ({ state }: Pick<Article, 'state'>): boolean =>
  readableArticleStates.some((each) => each === state);

const published = ({ version, state }: Article) =>
  state === 'published' ? `已发布版本 ${version}` : '已通过初审，等待复审';

export const useApprove = () => useAction({ run: client.knowledge.approve, touches, done: published });
export const useRecall = () => useAction({ run: client.knowledge.recall, touches, done: '已撤回，可以继续编写' });
export const useRevise = () => useAction({ run: client.knowledge.revise, touches });
export const useDiscard = () => useAction({ run: client.knowledge.discard, touches, done: '已放弃草稿' });
export const useSubmit = () => useChange({ run: client.knowledge.submit, touches, done: '已提交审核' });
export const useReturn = () => useChange({ run: client.knowledge.return, touches, done: '已退回' });
export const useWithdraw = () => useChange({ run: client.knowledge.withdraw, touches, done: '已下架' });
