/** 知识反馈: what agents find wrong in articles, and what editors did about it. */
import { z } from 'zod';
import { errorCodes, id, limit, page, requiredText, unitRef } from './common.ts';
import { version } from './drafts.ts';
import { route } from './route.ts';
import { feedbackKind, feedbackState } from './states/knowledge.ts';

export const feedback = z.object({
  id,
  article: z.object({ id, title: z.string(), unit: unitRef }),
  /** The version that was read. */
  version,
  kind: feedbackKind.schema,
  text: z.string(),
  /** The call that it was found in. */
  contactId: id.nullable(),
  by: z.string(),
  at: z.date(),
  state: feedbackState.schema,
  /** What was done about it, or why not; null: open. */
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: z.date().nullable(),
  can: z.object({ answer: z.boolean() }),
});
export type Feedback = z.infer<typeof feedback>;

const own = { tag: 'knowledge', by: 'person' } as const;
const { NOT_FOUND, WRONG_STATE } = errorCodes;
const readers = ['knowledge.read', 'knowledge.edit', 'knowledge.review'] as const;

export const knowledgeFeedback = {
  /** About the version that is published. */
  give: route(['knowledge.read'], { method: 'POST', path: '/knowledge-feedback', summary: '反馈知识问题', ...own })
    .errors({ NOT_FOUND, WRONG_STATE })
    .input(
      z.object({
        articleId: id,
        kind: feedbackKind.schema,
        text: requiredText(500, '请说明问题'),
        contactId: id.nullable().default(null),
      }),
    )
    .output(feedback),
  /** One's own, and for those who write what is said of their units' articles; newest first. */
  list: route(readers, { method: 'GET', path: '/knowledge-feedback', summary: '知识反馈', ...own })
    .input(
      z.object({
        articleId: id.optional(),
        state: feedbackState.schema.optional(),
        cursor: id.optional(),
        limit: limit(),
      }),
    )
    .output(page(feedback)),
  /** How many wait for the viewer's answer. */
  count: route(['knowledge.edit'], {
    ...{ method: 'GET', path: '/knowledge-feedback/count', summary: '待处理知识反馈', ...own },
  }).output(z.object({ open: z.number().int() })),
  answer: route(['knowledge.edit'], {
    ...{ method: 'POST', path: '/knowledge-feedback/{id}/answer', summary: '答复知识反馈', ...own },
  })
    .errors({ NOT_FOUND, WRONG_STATE })
    .input(z.object({ id, state: feedbackState.schema.exclude(['open']), answer: requiredText(500, '请填写答复') }))
    .output(feedback),
};
