/**
 * The body of an article: a Tiptap document of the nodes and marks named here. What it holds beyond them is refused (nodes, marks) or left out
 * (attributes), so that a body can be shown as it is stored.
 */
import { z } from 'zod';
import { id } from './common.ts';

/** Characters of text in a body. */
export const BODY_MAX_TEXT = 100_000;
/** Nodes in a body, and how deep they stand in each other: a list of five levels. */
const MOST_NODES = 20_000;
const DEEPEST = 12;

/** Where a link leads: to an article, or to an address. */
const linkTarget = z.union([
  z.object({ articleId: id }),
  z.object({ href: z.url({ protocol: /^https?$/, error: '链接须以 http:// 或 https:// 开头' }).max(2_000) }),
]);
const mark = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['bold', 'italic', 'underline', 'strike']) }),
  z.object({ type: z.literal('link'), attrs: linkTarget }),
]);
export type DocumentMark = z.infer<typeof mark>;

const inline = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    text: z.string().min(1).max(BODY_MAX_TEXT),
    marks: z.array(mark).max(6).optional(),
  }),
  z.object({ type: z.literal('hardBreak') }),
]);
export type DocumentInline = z.infer<typeof inline>;

const inlines = z.array(inline).max(MOST_NODES).optional();
const paragraph = z.object({ type: z.literal('paragraph'), content: inlines });
const heading = z.object({
  type: z.literal('heading'),
  attrs: z.object({ level: z.union([z.literal(2), z.literal(3), z.literal(4)]) }),
  content: inlines,
});
const image = z.object({
  type: z.literal('image'),
  attrs: z.object({ fileId: id, alt: z.string().trim().max(200).default('') }),
});
const rule = z.object({ type: z.literal('horizontalRule') });

interface ListItem {
  type: 'listItem';
  content: DocumentBlock[];
}
interface Cell {
  type: 'tableCell' | 'tableHeader';
  attrs?: { colspan: number; rowspan: number; colwidth: number[] | null } | undefined;
  content: DocumentBlock[];
}
interface Row {
  type: 'tableRow';
  content: Cell[];
}
export type DocumentBlock =
  | z.infer<typeof paragraph>
  | z.infer<typeof heading>
  | z.infer<typeof image>
  | z.infer<typeof rule>
  | { type: 'bulletList'; content: ListItem[] }
  | { type: 'orderedList'; attrs?: { start: number } | undefined; content: ListItem[] }
  | { type: 'blockquote'; content: DocumentBlock[] }
  | { type: 'table'; content: Row[] };

const block: z.ZodType<DocumentBlock> = z.lazy(() =>
  z.discriminatedUnion('type', [
    paragraph,
    heading,
    image,
    rule,
    z.object({ type: z.literal('bulletList'), content: items }),
    z.object({
      type: z.literal('orderedList'),
      attrs: z.object({ start: z.number().int().min(1).max(9_999).catch(1) }).optional(),
      content: items,
    }),
    z.object({ type: z.literal('blockquote'), content: blocks }),
    z.object({ type: z.literal('table'), content: z.array(row).min(1).max(500) }),
  ]),
);
const blocks = z.array(block).min(1).max(MOST_NODES);
const items = z
  .array(z.object({ type: z.literal('listItem'), content: blocks }))
  .min(1)
  .max(MOST_NODES);
const span = z.number().int().min(1).max(50).catch(1);
const cell = z.object({
  type: z.enum(['tableCell', 'tableHeader']),
  attrs: z
    .object({
      ...{ colspan: span.default(1), rowspan: span.default(1) },
      colwidth: z.array(z.number().int().min(10).max(5_000)).max(50).nullable().catch(null).default(null),
    })
    .optional(),
  content: blocks,
});
const row = z.object({ type: z.literal('tableRow'), content: z.array(cell).min(1).max(50) });

const documentSchema = z.object({ type: z.literal('doc'), content: blocks });
export type ArticleDocument = z.infer<typeof documentSchema>;

/** Looked at before anything walks it by calling itself: what is too deep or too large goes no further. */
const bounded = z.unknown().superRefine((value, context) => {
  const fault = sizeFault(value);
  if (fault !== null) context.addIssue({ code: 'custom', message: fault });
});

export const articleDocument = bounded.pipe(documentSchema);

function sizeFault(value: unknown): string | null {
  let nodes = 0;
  let characters = 0;
  const left: { node: unknown; depth: number }[] = [{ node: value, depth: 0 }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { node, depth } = next;
    if (typeof node !== 'object' || node === null) continue;
    nodes += 1;
    if (nodes > MOST_NODES || depth > DEEPEST) return '正文的层次或段落过多';
    const { text, content } = node as { text?: unknown; content?: unknown };
    if (typeof text === 'string') characters += text.length;
    if (characters > BODY_MAX_TEXT) return `正文最多 ${BODY_MAX_TEXT / 10_000} 万字`;
    if (Array.isArray(content)) for (const child of content) left.push({ node: child, depth: depth + 1 });
  }
  return null;
}

const inlineText = (content: readonly DocumentInline[] = []): string =>
  content.map((each) => (each.type === 'text' ? each.text : ' ')).join('');

/** What people read, paragraph by paragraph; a row of a table is one. */
export function documentParagraphs({ content }: { content: readonly DocumentBlock[] }): string[] {
  return content.flatMap(paragraphsOf).filter((each) => each !== '');
}

function paragraphsOf(each: DocumentBlock): string[] {
  switch (each.type) {
    case 'paragraph':
    case 'heading':
      return [inlineText(each.content).trim()];
    case 'image':
      return [each.attrs.alt];
    case 'horizontalRule':
      return [];
    case 'blockquote':
      return documentParagraphs(each);
    case 'bulletList':
    case 'orderedList':
      return each.content.flatMap(documentParagraphs);
    case 'table':
      return each.content.map(({ content: cells }) =>
        cells.map((one) => documentParagraphs(one).join(' ')).join(' | '),
      );
  }
}

export const documentText = (body: ArticleDocument): string => documentParagraphs(body).join('\n');

/** Files that are shown in it, and articles that it leads to; each once. */
export function documentRefs(body: ArticleDocument): { imageIds: string[]; linkIds: string[] } {
  const imageIds = new Set<string>();
  const linkIds = new Set<string>();
  const look = (node: DocumentBlock | ListItem | Row | Cell | DocumentInline): void => {
    if (node.type === 'image') imageIds.add(node.attrs.fileId);
    if (node.type === 'text')
      for (const each of node.marks ?? [])
        if (each.type === 'link' && 'articleId' in each.attrs) linkIds.add(each.attrs.articleId);
    if ('content' in node) for (const child of node.content ?? []) look(child);
  };
  for (const each of body.content) look(each);
  return { imageIds: [...imageIds], linkIds: [...linkIds] };
}

/** The same, leading to those articles alone: the words of other links stay. */
export function withLinksTo(body: ArticleDocument, articleIds: ReadonlySet<string>): ArticleDocument {
  const leads = (each: DocumentMark): boolean =>
    each.type !== 'link' || !('articleId' in each.attrs) || articleIds.has(each.attrs.articleId);
  const kept = <Node extends { type: string }>(node: Node): Node => {
    if ('marks' in node) return { ...node, marks: (node.marks as DocumentMark[] | undefined)?.filter(leads) };
    return 'content' in node ? { ...node, content: (node.content as Node[] | undefined)?.map(kept) } : node;
  };
  return kept(body);
}
