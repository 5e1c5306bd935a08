/** Articles, answers and what becomes of them. */
import type { z } from 'zod';
import { labelled } from './labelled.ts';

/**
 * Where an article stands. `published`, `revising` and `revision_in_review` are read by agents: what they read stays while the next
 * version is written and reviewed. `server/src/knowledge/life-cycle.ts` says what leads from one to another.
 */
export const articleState = labelled({
  draft: '草稿',
  in_review: '审核中',
  published: '已发布',
  revising: '修订中',
  revision_in_review: '修订审核中',
  expired: '已过期',
  withdrawn: '已下架',
});
export type ArticleState = z.infer<typeof articleState.schema>;
export const readableArticleStates = ['published', 'revising', 'revision_in_review'] as const satisfies ArticleState[];

/** Who reads an article beside its unit's and the units below; `public`: may be shown outside as well. */
export const articleSharing = labelled({ subtree: '本中心及下级', all: '全部中心', public: '公开' });
export type ArticleSharing = z.infer<typeof articleSharing.schema>;

/** Whether an article holds today, will, or did. */
export const articleValidity = labelled({ valid: '有效', later: '未生效', past: '已失效' });
export type ArticleValidity = z.infer<typeof articleValidity.schema>;

export const answerState = labelled({ enabled: '启用', disabled: '停用' });
export type AnswerState = z.infer<typeof answerState.schema>;

/** Where a proposed answer stands. */
export const proposalState = labelled({ pending: '待审核', adopted: '已采纳', returned: '已退回', recalled: '已撤回' });
export type ProposalState = z.infer<typeof proposalState.schema>;

/** What a search finds. */
export const knowledgeKind = labelled({ article: '知识', answer: '问答' });
export type KnowledgeKind = z.infer<typeof knowledgeKind.schema>;

/** What somebody did with what was found. */
export const knowledgeUse = labelled({
  shown: '展示',
  opened: '打开',
  copied: '复制',
  sent: '短信发送',
  attached: '引入工单',
  helpful: '有用',
  unhelpful: '无用',
});
export type KnowledgeUse = z.infer<typeof knowledgeUse.schema>;

export const feedbackKind = labelled({ wrong: '错误', missing: '缺失', outdated: '过时' });
export type FeedbackKind = z.infer<typeof feedbackKind.schema>;

export const feedbackState = labelled({ open: '待处理', done: '已处理', refused: '不采纳' });
export type FeedbackState = z.infer<typeof feedbackState.schema>;
