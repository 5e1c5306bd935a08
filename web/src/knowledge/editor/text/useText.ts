import type { ArticleDocument } from '@rexian/contracts';
import { type Editor, useEditor } from '@tiptap/react';
import { App } from 'antd';
import { useCallback, useRef } from 'react';
import { type Tidied, tidied } from '../word/tidy.ts';
import { isWordFile, useWordImport } from '../word/useWordImport.tsx';
import { contentOf, documentOf } from './document.ts';
import { extensions } from './extensions.ts';
import { bringIn, insertPictures, isPicture } from './pictures.ts';
import { writeOn } from './writeOn.ts';

const LOST = '有图片无法直接粘贴，请单独复制图片后粘贴，或用“导入 Word”';

/** The text of an article, to be written: pictures are stored as they come, what is pasted is tidied. `opened` counts when it opens only. */
export function useText(opened: ArticleDocument, onChange: (document: ArticleDocument) => void): WritingText {
  const { message } = App.useApp();
  const changed = useRef(onChange);
  changed.current = onChange;
  const failed = (why: string) => void message.error(why, 6);
  const pending = useRef(new Set<Promise<void>>());
  const wait = (uploads: Promise<void>) => {
    pending.current.add(uploads);
    void uploads.finally(() => pending.current.delete(uploads));
  };
  const receive = useRef<(given: Tidied) => void>(() => undefined);
  const takeFiles = useRef<(files: readonly File[], at?: number) => boolean>(() => false);
  const editor = useEditor({
    extensions,
    content: contentOf(opened),
    onUpdate: ({ editor: now }) => changed.current(documentOf(now.getJSON())),
    editorProps: {
      attributes: { class: 'article-body', 'aria-label': '正文', role: 'textbox', 'aria-multiline': 'true' },
      transformPastedHTML: (html) => {
        const given = tidied(html);
        // The text is in when this is done.
        setTimeout(() => receive.current(given));
        return given.html;
      },
      handlePaste: (_view, { clipboardData }) => {
        // Programs that copy text put a picture of it beside: the text is what is meant.
        if (!clipboardData || clipboardData.types.includes('text/html')) return false;
        return takeFiles.current([...clipboardData.files]);
      },
      handleDrop: (view, event, _slice, moved) => {
        if (moved || !event.dataTransfer) return false;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
        return takeFiles.current([...event.dataTransfer.files], at);
      },
    },
  });
  const word = useWordImport(editor, (given) => receive.current(given));
  receive.current = ({ pictures, lost }) => {
    writeOn(editor);
    if (lost > 0) void message.warning(LOST, 6);
    if (pictures.length > 0) wait(Promise.all(pictures).then((coming) => bringIn(editor, coming, failed)));
  };
  takeFiles.current = (files, at) => {
    const [document] = files.filter(isWordFile);
    if (document) void word.take(document);
    if (files.some(isPicture)) wait(insertPictures(editor, files, failed, at));
    return files.length > 0;
  };
  return {
    ...{ editor, word },
    addPictures: (files) => wait(insertPictures(editor, files, failed)),
    arrived: useCallback(async () => void (await Promise.all(pending.current)), []),
  };
}

export interface WritingText {
  editor: Editor;
  word: ReturnType<typeof useWordImport>;
  addPictures(files: readonly File[]): void;
  /** When no picture is on its way any more. */
  arrived(): Promise<void>;
}
