/** 公开知识: what is shared with the public, for websites and apps of the tax authority, without a key. Nothing of who asks is kept. */
import { z } from 'zod';
import { answerTurn } from './answer-turns.ts';
import { day, errorCodes, id, limit } from './common.ts';
import { storedFile } from './files.ts';
import { articleDocument } from './knowledge-document.ts';
import { knowledgeHit, SEARCH_MAX, suggestion } from './knowledge-search.ts';
import { route } from './route.ts';
import { knowledgeKind } from './states/knowledge.ts';

/** Below it, by their ids: pictures and attachments of articles that are shared with the public. */
export const PUBLIC_FILES_PATH = '/public/knowledge/files';

const own = { tag: 'public' } as const;
const { NOT_FOUND, BUSY } = errorCodes;
const asked = z.string().trim().min(1).max(SEARCH_MAX);

const heading = {
  id,
  library: z.string(),
  /** `增值税 / 申报` */
  category: z.string(),
  tags: z.array(z.string()),
  validFrom: day.nullable(),
  validTo: day.nullable(),
  changedAt: z.date(),
};
const found = knowledgeHit.pick({
  ...{ kind: true, id: true, title: true, snippets: true, says: true, validFrom: true, validTo: true, changedAt: true },
});
export const publicArticle = z.object({
  ...heading,
  title: z.string(),
  summary: z.string(),
  source: z.string(),
  /** Pictures are fetched from `PUBLIC_FILES_PATH`; links lead to what is public, too. */
  body: articleDocument,
  /** The same without its shape. */
  text: z.string(),
  /** Attachments, in their order. */
  files: z.array(storedFile.pick({ id: true, name: true, mediaType: true, bytes: true })),
});
export const publicAnswer = z.object({ ...heading, question: z.string(), turn: answerTurn });

export const publicKnowledge = {
  search: route('public', { method: 'GET', path: '/public/knowledge/search', summary: '检索公开知识', ...own })
    .errors({ BUSY })
    .input(
      z.object({
        text: asked,
        kind: knowledgeKind.schema.optional(),
        offset: z.number().int().min(0).max(200).default(0),
        limit: limit(10, 20),
      }),
    )
    .output(z.object({ total: z.number().int(), hits: z.array(found) })),
  suggest: route('public', {
    method: 'GET',
    path: '/public/knowledge/suggestions',
    summary: '公开知识检索建议',
    ...own,
  })
    .errors({ BUSY })
    .input(z.object({ text: asked, limit: limit(8, 20) }))
    .output(z.array(suggestion)),
  article: route('public', { method: 'GET', path: '/public/knowledge/articles/{id}', summary: '公开知识正文', ...own })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(publicArticle),
  answer: route('public', { method: 'GET', path: '/public/knowledge/answers/{id}', summary: '公开问答', ...own })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(publicAnswer),
};
