import type { ArticleContent, ArticleDocument, StoredFile } from '@rexian/contracts';
import { Selection } from '@tiptap/pm/state';
import { useCallback, useRef, useState } from 'react';
import { useSaver } from '../../drafts/useSaver.ts';
import { client } from '../../platform/api.ts';
import { copiedContent, type OpenedDraft, readOpened, sameContent } from './opened.ts';
import { contentOf, documentOf } from './text/document.ts';
import { useText } from './text/useText.ts';

/** An article that is being written: kept while it is typed. `given` counts when it opens only. */
export function useArticleDraft(given: OpenedDraft) {
  const [opened] = useState(given);
  const [content, setContent] = useState(opened.document);
  const [files, setFilesOnly] = useState(opened.files);
  const change = useCallback((part: Partial<ArticleContent>) => {
    setContent((before) => {
      const next = { ...before, ...part };
      // The editor tells of changes that leave the document as it was.
      return JSON.stringify(before) === JSON.stringify(next) ? before : next;
    });
  }, []);
  const text = useText(opened.document.body, (body: ArticleDocument) => change({ body }));
  const { page, saver, state, stored, saved, left, forget } = useSaver<ArticleContent, OpenedDraft>({
    ...{ kind: 'article', opened, document: content, readOnly: false, same: sameContent },
    schema: copiedContent,
    server: {
      save: ({ id, revision, document }) => client.knowledge.saveDraft({ id, revision, content: document }),
      get: () => readOpened(opened.id),
    },
  });
  const { editor, arrived } = text;
  const latest = useRef(content);
  latest.current = content;
  const show = useCallback(
    (document: ArticleContent) => {
      setContent(document);
      editor
        .chain()
        .setContent(contentOf(document.body), { emitUpdate: false })
        .command(({ tr }) => {
          // Where a picture came to be chosen, what is typed next would replace it.
          tr.setSelection(Selection.findFrom(tr.doc.resolve(0), 1, true) ?? Selection.atStart(tr.doc));
          return true;
        })
        .run();
    },
    [editor],
  );
  return {
    ...{ article: opened.article, page, content, change, files, text, state, stored, saved, forget },
    setFiles: useCallback(
      (next: StoredFile[]) => {
        setFilesOnly(next);
        change({ fileIds: next.map(({ id }) => id) });
      },
      [change],
    ),
    left: left && !sameContent(left.document, opened.document) ? left : null,
    /** Puts back what could not be saved; attachments that were added since are looked up. */
    restore: useCallback(
      async (document: ArticleContent) => {
        const { fileIds } = document;
        setFilesOnly(fileIds.length > 0 ? await client.files.get({ ids: fileIds }) : []);
        show(document);
      },
      [show],
    ),
    /** Everything, with the pictures that are still on their way. */
    save: useCallback(async () => {
      await arrived();
      const body = documentOf(editor.getJSON());
      const shown = latest.current;
      const now = JSON.stringify(body) === JSON.stringify(shown.body) ? shown : { ...shown, body };
      setContent(now);
      saver.show(now);
      return saver.flush();
    }, [saver, editor, arrived]),
    overwrite: useCallback(() => saver.overwrite(), [saver]),
    take: useCallback(
      (theirs: OpenedDraft) => {
        saver.take(theirs, theirs.document);
        setFilesOnly(theirs.files);
        show(theirs.document);
      },
      [saver, show],
    ),
  };
}
export type ArticleDraft = ReturnType<typeof useArticleDraft>;
