import { EditorContent } from '@tiptap/react';
import { PictureTools } from './PictureTools.tsx';
import { TableTools } from './TableTools.tsx';
import { TextTools } from './TextTools.tsx';
import type { WritingText } from './useText.ts';
import '../../document/body.css';
import './text.css';

/** Where the body is written: tools on top, the text as it will be read below. */
export function RichText({ text }: { text: WritingText }) {
  return (
    <section className="rich-text" aria-label="正文编辑">
      <div className="rich-text-tools">
        <TextTools text={text} />
        <TableTools editor={text.editor} />
        <PictureTools editor={text.editor} />
      </div>
      <EditorContent editor={text.editor} className="rich-text-sheet" />
    </section>
  );
}
