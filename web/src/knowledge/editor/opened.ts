import { type Article, type ArticleContent, articleContent, type StoredFile } from '@rexian/contracts';
import { z } from 'zod';
import type { Drafted } from '../../drafts/saver.ts';
import { client } from '../../platform/api.ts';
import { asEdited } from './text/document.ts';

/** A draft of an article as it lies at the server. */
export interface OpenedDraft extends Drafted<ArticleContent> {
  article: Article;
  files: StoredFile[];
}

/** What the draft says as the editor shows it. Throws an Error where nothing is being written. */
export function openedOf(article: Article): OpenedDraft {
  const { id, writing, publishedAt } = article;
  if (!writing?.draft) throw new Error(`article ${id} has no draft`);
  const { content, savedAt, savedBy, files } = writing.draft;
  return {
    ...{ id, article, files, revision: writing.revision },
    document: { ...content, body: asEdited(content.body) },
    published: publishedAt && { at: publishedAt, by: '' },
    draft: { revision: writing.revision, at: savedAt, by: savedBy },
  };
}

export const readOpened = async (id: string): Promise<OpenedDraft> => openedOf(await client.knowledge.get({ id }));

/** What is kept in the browser may be unfinished. */
export const copiedContent = z.object({ ...articleContent.shape, title: z.string() }) as z.ZodType<
  unknown,
  ArticleContent
>;

/** As the contract keeps it: what differs in nothing but blanks around is the same. */
export const sameContent = (a: ArticleContent, b: ArticleContent): boolean => a === b || keptOf(a) === keptOf(b);

const keptOf = (content: ArticleContent): string =>
  JSON.stringify(sorted(articleContent.safeParse(content).data ?? content));

const sorted = (content: ArticleContent) => Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1));
