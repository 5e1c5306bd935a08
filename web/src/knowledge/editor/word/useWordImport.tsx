import type { Editor } from '@tiptap/core';
import { App } from 'antd';
import { useState } from 'react';
import { importWord } from './importWord.ts';
import type { Tidied } from './tidy.ts';

export const isWordFile = ({ name }: File): boolean => /\.docx$/i.test(name);

/** Brings a Word file into the text, in place of what is selected, and tells what was left out. `onIn`: its text is in. */
export function useWordImport(editor: Editor, onIn: (given: Tidied) => void) {
  const { message, modal } = App.useApp();
  const [busy, setBusy] = useState(false);
  const take = async (file: File) => {
    setBusy(true);
    try {
      const { notes, ...given } = await importWord(file);
      editor.chain().focus().insertContent(given.html).run();
      onIn(given);
      if (notes.length === 0) void message.success(`已导入“${file.name}”`);
      else tell(file.name, notes);
    } catch (error) {
      void message.error((error as Error).message, 6);
    } finally {
      setBusy(false);
    }
  };
  const tell = (name: string, notes: readonly string[]) =>
    modal.info({
      title: `已导入“${name}”，请核对`,
      okText: '知道了',
      content: (
        <ul className="word-notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ),
    });
  return { take, busy };
}
