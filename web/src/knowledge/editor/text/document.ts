import { type ArticleDocument, articleDocument, type DocumentBlock } from '@rexian/contracts';
import { getSchema, type JSONContent } from '@tiptap/core';
import { Node } from '@tiptap/pm/model';
import { extensions } from './extensions.ts';

const EMPTY: DocumentBlock = { type: 'paragraph' };
const schema = getSchema(extensions);

/** As the editor takes it. */
export const contentOf = (document: ArticleDocument): JSONContent => document as JSONContent;

/** A stored document as the editor would give it back unchanged. */
export const asEdited = (stored: ArticleDocument): ArticleDocument =>
  documentOf(Node.fromJSON(schema, stored).toJSON() as JSONContent);

/** What is in the editor, as it is stored: without the empty lines at its end, and without pictures that aren't here yet. */
export function documentOf(edited: JSONContent): ArticleDocument {
  const content = withoutUploads(edited).content ?? [];
  while (content.length > 1 && isBlank(content.at(-1))) content.pop();
  const document = { type: 'doc', content: content.length > 0 ? content : [EMPTY] };
  // What the contract refuses goes as it is: the server says why.
  return articleDocument.safeParse(document).data ?? (document as ArticleDocument);
}

const isBlank = (block: JSONContent | undefined): boolean =>
  block?.type === 'paragraph' && (block.content ?? []).length === 0;

function withoutUploads({ content, ...node }: JSONContent): JSONContent {
  if (!content) return node;
  const kept = content
    .filter(({ type, attrs }) => type !== 'image' || attrs?.fileId)
    .map(withoutUploads)
    // A cell or an item needs a line, if an empty one.
    .flatMap((child) => (needsBlock(child) ? [{ ...child, content: [EMPTY] }] : [child]));
  return { ...node, content: kept };
}

const blocky = new Set(['listItem', 'tableCell', 'tableHeader', 'blockquote']);
const needsBlock = ({ type, content }: JSONContent): boolean =>
  type !== undefined && blocky.has(type) && (content ?? []).length === 0;
