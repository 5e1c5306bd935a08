/**
 * 知识: articles that agents read beside a call. What they read is the published version; the next one is written as a draft, which is saved
 * by revision and published when one or two people other than its authors have agreed. Every version is kept.
 */
import { z } from 'zod';
import { day, errorCodes, id, limit, page, requiredText, text, unitRef } from './common.ts';
import { presence, presenceSign, publishingNote, revision, version } from './drafts.ts';
import { storedFile } from './files.ts';
import { articleDocument } from './knowledge-document.ts';
import { readerRoles } from './knowledge-libraries.ts';
import { route } from './route.ts';
import { articleSharing, articleState, articleValidity } from './states/knowledge.ts';
import { knowledgeReaders } from './states/people.ts';

/** So many days before an article ends, or is to be looked at again, its editors are told. */
export const ARTICLE_NOTICE_DAYS = 30;
const tag = requiredText(20, '请输入标签');
/** As in 号段归属地: 广西, 广西南宁. What is for a region is for all whose names begin with its name. */
const region = requiredText(40, '请输入地区');
const onDay = day.nullable();

const written = {
  libraryId: id,
  /** Of the library. */
  categoryId: id,
  title: requiredText(100, '请输入标题'),
  /** One or two sentences that already answer. */
  summary: text(300),
  body: articleDocument,
  tags: z.array(tag).max(20, '最多 20 个标签'),
  /** What it is for; none: everywhere. */
  regions: z.array(region).max(50, '最多 50 个地区'),
  /** It holds from and to, both days included; null: from the beginning, without an end. */
  validFrom: onDay,
  validTo: onDay,
  /** Title and number of what it follows. */
  source: text(500),
  /** To be looked at again by then. */
  reviewOn: onDay,
  sharing: articleSharing.schema,
  roleIds: readerRoles,
  /** Attachments, in their order. */
  fileIds: z.array(id).max(50, '最多 50 个附件'),
};
/** What a version consists of. */
export const articleContent = z
  .object(written)
  .refine(({ validFrom, validTo }) => !validFrom || !validTo || validFrom <= validTo, {
    ...{ message: '有效期截止早于开始', path: ['validTo'] },
  });
export type ArticleContent = z.infer<typeof articleContent>;

const heading = {
  id,
  unit: unitRef,
  library: z.object({ id, name: z.string() }),
  /** 发票管理 / 开具 */
  category: z.object({ id, path: z.string() }),
  title: z.string(),
  summary: z.string(),
  tags: z.array(z.string()),
  regions: z.array(z.string()),
  state: articleState.schema,
  /** What is read, or was last; null: never published. */
  version: version.nullable(),
  publishedAt: z.date().nullable(),
  /** By whom what was last, on either the draft or the article. */
  changedAt: z.date(),
  validFrom: onDay,
  validTo: onDay,
  reviewOn: onDay,
  sharing: articleSharing.schema,
};
export const articleSummary = z.object(heading);
export type ArticleSummary = z.infer<typeof articleSummary>;

export const articleVersion = z.object({
  version,
  publishedAt: z.date(),
  /** Who agreed last. */
  publishedBy: z.string(),
  /** Who wrote it. */
  authors: z.array(z.string()),
  note: z.string(),
});
export type ArticleVersion = z.infer<typeof articleVersion>;

const link = z.object({ id, title: z.string() });

export const article = z.object({
  ...heading,
  /** Of the version that is read; of an article that never was, the draft's. */
  content: articleContent,
  /** Names of the roles that may read it. */
  roles: z.array(z.object({ id, name: z.string() })),
  files: z.array(storedFile),
  /** Articles that it leads to, and that lead to it, as far as the viewer may read them. */
  links: z.object({ out: z.array(link), in: z.array(link) }),
  /** Why it was withdrawn. */
  withdrawnReason: z.string().nullable(),
  /** For those who write and review; null for everybody else. */
  writing: z
    .object({
      /** A save, a submission and a decision name it. */
      revision,
      draft: z
        .object({
          content: articleContent,
          files: z.array(storedFile),
          savedAt: z.date(),
          savedBy: z.string(),
          note: z.string(),
          /** Why it was sent back. */
          returnedReason: z.string().nullable(),
          /** The step that is waited for, of so many; null: not sent in. */
          review: z.object({ step: z.number().int(), steps: z.number().int(), sentBy: z.string() }).nullable(),
        })
        .nullable(),
      /** Newest first. */
      versions: z.array(articleVersion),
      /** What readers found wrong and nobody has answered. */
      openFeedback: z.number().int(),
    })
    .nullable(),
  can: z.object({
    edit: z.boolean(),
    submit: z.boolean(),
    recall: z.boolean(),
    review: z.boolean(),
    revise: z.boolean(),
    discard: z.boolean(),
    withdraw: z.boolean(),
  }),
});
export type Article = z.infer<typeof article>;

/** What a paragraph of text became; `same` ones stand between. */
export const paragraphChange = z.object({ change: z.enum(['same', 'added', 'removed']), text: z.string() });
export type ParagraphChange = z.infer<typeof paragraphChange>;

export const articleDifference = z.object({
  /** Fields that differ, but for the body, as words. */
  fields: z.array(
    z.object({
      field: z.enum(Object.keys(written) as [keyof typeof written]),
      before: z.string(),
      after: z.string(),
    }),
  ),
  body: z.array(paragraphChange),
});
export type ArticleDifference = z.infer<typeof articleDifference>;

export const articleFilter = z.object({
  libraryId: id.optional(),
  /** With all below it. */
  categoryId: id.optional(),
  tag: tag.optional(),
  states: z.array(articleState.schema).max(7).optional(),
  /** Those for it, for what it lies in, and for everywhere. */
  region: region.optional(),
  validity: articleValidity.schema.optional(),
  /** Of the unit itself. */
  unitId: id.optional(),
  /** Those that wait for the viewer's word. */
  toReview: z.boolean().optional(),
  /** Part of the title or summary. */
  search: text(60).optional(),
});
export type ArticleFilter = z.infer<typeof articleFilter>;

const own = { tag: 'knowledge', by: 'person' } as const;
const { NOT_FOUND, CHANGED, REFUSED, WRONG_STATE } = errorCodes;
const edit = ['knowledge.edit'] as const;
const review = ['knowledge.review'] as const;
const reason = requiredText(500, '请填写原因');
/** What was seen: CHANGED when the draft isn't that any more. */
const seen = { id, revision };
const path = (act: string) => `/knowledge/{id}/${act}` as const;

export const knowledge = {
  /** What was changed last comes first. */
  list: route(knowledgeReaders, { method: 'GET', path: '/knowledge', summary: '知识', ...own })
    .input(articleFilter.extend({ cursor: id.optional(), limit: limit() }))
    .output(page(articleSummary)),
  /** Of what the viewer writes or reviews, by state, and how many wait for the viewer's word. */
  counts: route(['knowledge.edit', 'knowledge.review'], {
    ...{ method: 'GET', path: '/knowledge/counts', summary: '知识数量', ...own },
  }).output(z.object({ states: z.record(articleState.schema, z.number().int()), toReview: z.number().int() })),
  /** Regions that articles are for, each once, in order. */
  regions: route(knowledgeReaders, {
    method: 'GET',
    path: '/knowledge/regions',
    summary: '知识适用地区',
    ...own,
  }).output(z.array(z.string())),
  get: route(knowledgeReaders, { method: 'GET', path: '/knowledge/{id}', summary: '知识详情', ...own })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(article),
  /** As a draft of the unit. */
  create: route(edit, { method: 'POST', path: '/knowledge', summary: '新增知识', ...own })
    .errors({ NOT_FOUND, REFUSED })
    .input(z.object({ unitId: id, content: articleContent }))
    .output(article),
  /** CHANGED when somebody else has saved since. Nobody reads it yet, so it leaves no trace but the draft's own. */
  saveDraft: route(edit, { method: 'PUT', path: path('draft'), summary: '保存知识草稿', ...own, trace: 'none' })
    .errors({ NOT_FOUND, CHANGED, REFUSED, WRONG_STATE })
    .input(z.object({ ...seen, content: articleContent }))
    .output(z.object({ revision, at: z.date() })),
  /** An open editor says every ten seconds that it is there, and learns who else is. */
  presence: route(edit, { method: 'POST', path: path('presence'), summary: '正在编写', ...own, trace: 'none' })
    .errors({ NOT_FOUND })
    .input(presenceSign)
    .output(presence),
  /** A draft of what is published, or was. */
  revise: route(edit, { method: 'POST', path: path('revise'), summary: '修订知识', ...own })
    .errors({ NOT_FOUND, WRONG_STATE })
    .input(z.object({ id }))
    .output(article),
  /** What was published stays; an article that never was is gone: null. */
  discard: route(edit, { method: 'DELETE', path: path('draft'), summary: '放弃知识草稿', ...own })
    .errors({ NOT_FOUND, CHANGED, WRONG_STATE })
    .input(z.object(seen))
    .output(article.nullable()),
  submit: route(edit, { method: 'POST', path: path('submit'), summary: '提交知识审核', ...own })
    .errors({ NOT_FOUND, CHANGED, REFUSED, WRONG_STATE })
    .input(z.object({ ...seen, note: publishingNote.default('') }))
    .output(article),
  /** By whoever wrote it or sent it in, to go on writing. */
  recall: route(edit, { method: 'POST', path: path('recall'), summary: '撤回知识审核', ...own })
    .errors({ NOT_FOUND, CHANGED, REFUSED, WRONG_STATE })
    .input(z.object(seen))
    .output(article),
  /** The last step publishes. REFUSED for whoever wrote it, sent it in, or has agreed before. */
  approve: route(review, { method: 'POST', path: path('approve'), summary: '通过知识审核', ...own })
    .errors({ NOT_FOUND, CHANGED, REFUSED, WRONG_STATE })
    .input(z.object(seen))
    .output(article),
  return: route(review, { method: 'POST', path: path('return'), summary: '退回知识', ...own })
    .errors({ NOT_FOUND, CHANGED, REFUSED, WRONG_STATE })
    .input(z.object({ ...seen, reason }))
    .output(article),
  /** At once; a draft of it stays. */
  withdraw: route(review, { method: 'POST', path: path('withdraw'), summary: '下架知识', ...own })
    .errors({ NOT_FOUND, WRONG_STATE })
    .input(z.object({ id, reason }))
    .output(article),
  version: route(['knowledge.edit', 'knowledge.review'], {
    ...{ method: 'GET', path: '/knowledge/{id}/versions/{version}', summary: '知识历史版本', ...own },
  })
    .errors({ NOT_FOUND })
    .input(z.object({ id, version }))
    .output(articleVersion.extend({ content: articleContent, files: z.array(storedFile) })),
  /** Without `to`: the draft. */
  difference: route(['knowledge.edit', 'knowledge.review'], {
    ...{ method: 'GET', path: '/knowledge/{id}/difference', summary: '知识版本对比', ...own },
  })
    .errors({ NOT_FOUND })
    .input(z.object({ id, from: version, to: version.optional() }))
    .output(articleDifference),
};
