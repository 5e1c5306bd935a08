/** What leads an article from one state to another. Reviews of two steps agree once before they publish. */
import type { ArticleState } from '@rexian/contracts';
import { refusal } from '../platform/errors.ts';

export type ArticleAct =
  | 'save'
  | 'discard'
  | 'submit'
  | 'recall'
  | 'agree'
  | 'return'
  | 'publish'
  | 'revise'
  | 'withdraw'
  | 'expire';

/** `before`: where it was before it was written anew, expired or withdrawn; an article that was never published is gone. */
export type Next = ArticleState | 'before';

const table: Record<ArticleState, Partial<Record<ArticleAct, Next>>> = {
  draft: { save: 'draft', discard: 'before', submit: 'in_review' },
  in_review: { recall: 'draft', agree: 'in_review', return: 'draft', publish: 'published' },
  published: { revise: 'revising', withdraw: 'withdrawn', expire: 'expired' },
  // What was being written goes on being written when nothing is read any more.
  revising: {
    save: 'revising',
    discard: 'published',
    submit: 'revision_in_review',
    withdraw: 'draft',
    expire: 'draft',
  },
  revision_in_review: {
    recall: 'revising',
    agree: 'revision_in_review',
    return: 'revising',
    publish: 'published',
    withdraw: 'in_review',
    expire: 'in_review',
  },
  expired: { revise: 'draft' },
  withdrawn: { revise: 'draft' },
};

/** null: not in this state. */
export const nextState = (state: ArticleState, act: ArticleAct): Next | null => table[state][act] ?? null;

const words: Record<ArticleAct, string> = {
  save: '保存',
  discard: '放弃草稿',
  submit: '提交审核',
  recall: '撤回',
  agree: '审核',
  return: '退回',
  publish: '发布',
  revise: '修订',
  withdraw: '下架',
  expire: '过期',
};

/** Throws WRONG_STATE. */
export function requireAct(state: ArticleState, act: ArticleAct): Next {
  const next = nextState(state, act);
  if (next === null) throw refusal('WRONG_STATE', `知识当前状态不能${words[act]}，请刷新后重试`);
  return next;
}
