import {
  BoldOutlined,
  FileWordOutlined,
  ItalicOutlined,
  LinkOutlined,
  MinusOutlined,
  OrderedListOutlined,
  PictureOutlined,
  RedoOutlined,
  StrikethroughOutlined,
  TableOutlined,
  UnderlineOutlined,
  UndoOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { type Editor, useEditorState } from '@tiptap/react';
import { Button, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { LinkDialog } from './LinkDialog.tsx';
import { PICTURE_ENDINGS } from './pictures.ts';
import { QuoteIcon } from './QuoteIcon.tsx';
import { Tool } from './Tool.tsx';
import type { WritingText } from './useText.ts';

const blocks = [
  { value: 0, label: '正文' },
  { value: 2, label: '一级标题' },
  { value: 3, label: '二级标题' },
  { value: 4, label: '三级标题' },
];

const stateOf = (editor: Editor) => ({
  level: [2, 3, 4].find((level) => editor.isActive('heading', { level })) ?? 0,
  bold: editor.isActive('bold'),
  italic: editor.isActive('italic'),
  underline: editor.isActive('underline'),
  strike: editor.isActive('strike'),
  bulletList: editor.isActive('bulletList'),
  orderedList: editor.isActive('orderedList'),
  blockquote: editor.isActive('blockquote'),
  link: editor.isActive('link'),
  table: editor.isActive('table'),
  undo: editor.can().undo(),
  redo: editor.can().redo(),
});

/** What the text can be made to look like, and what can be put into it. */
export function TextTools({ text: { editor, word, addPictures } }: { text: WritingText }) {
  const is = useEditorState({ editor, selector: (now) => stateOf(now.editor) });
  const [linking, setLinking] = useState(false);
  useLinkKey(editor, () => setLinking(true));
  const chain = () => editor.chain().focus();
  const setBlock = (level: number) =>
    level === 2 || level === 3 || level === 4 ? chain().setHeading({ level }).run() : chain().setParagraph().run();
  return (
    <div className="text-tools" role="toolbar" aria-label="正文工具">
      <Tool label="撤销" keys="Ctrl+Z" icon={<UndoOutlined />} off={!is.undo} run={() => chain().undo().run()} />
      <Tool label="重做" keys="Ctrl+Y" icon={<RedoOutlined />} off={!is.redo} run={() => chain().redo().run()} />
      <Select
        aria-label="段落样式"
        variant="borderless"
        style={{ width: 104 }}
        options={blocks}
        value={is.level}
        onChange={setBlock}
      />
      <Tool label="加粗" keys="Ctrl+B" icon={<BoldOutlined />} on={is.bold} run={() => chain().toggleBold().run()} />
      <Tool
        label="斜体"
        keys="Ctrl+I"
        icon={<ItalicOutlined />}
        on={is.italic}
        run={() => chain().toggleItalic().run()}
      />
      <Tool
        label="下划线"
        keys="Ctrl+U"
        icon={<UnderlineOutlined />}
        on={is.underline}
        run={() => chain().toggleUnderline().run()}
      />
      <Tool label="删除线" icon={<StrikethroughOutlined />} on={is.strike} run={() => chain().toggleStrike().run()} />
      <i />
      <Tool
        label="步骤"
        icon={<OrderedListOutlined />}
        on={is.orderedList}
        run={() => chain().toggleOrderedList().run()}
      />
      <Tool
        label="列表"
        icon={<UnorderedListOutlined />}
        on={is.bulletList}
        run={() => chain().toggleBulletList().run()}
      />
      <Tool label="引用" icon={<QuoteIcon />} on={is.blockquote} run={() => chain().toggleBlockquote().run()} />
      <Tool label="分隔线" icon={<MinusOutlined />} run={() => chain().setHorizontalRule().run()} />
      <i />
      <Tool label="链接" keys="Ctrl+K" icon={<LinkOutlined />} on={is.link} run={() => setLinking(true)} />
      <PictureTool onFiles={addPictures} />
      <Tool
        label="表格"
        icon={<TableOutlined />}
        off={is.table}
        run={() => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()}
      />
      <WordTool word={word} />
      {linking && <LinkDialog editor={editor} onClose={() => setLinking(false)} />}
    </div>
  );
}

/** Ctrl+K while one writes. */
function useLinkKey(editor: Editor, open: () => void): void {
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    const { dom } = editor.view;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      latest.current();
    };
    dom.addEventListener('keydown', onKeyDown);
    return () => dom.removeEventListener('keydown', onKeyDown);
  }, [editor]);
}

function PictureTool({ onFiles }: { onFiles(files: readonly File[]): void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Tool label="图片" icon={<PictureOutlined />} run={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={PICTURE_ENDINGS}
        aria-label="选择图片"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = '';
        }}
      />
    </>
  );
}

function WordTool({ word: { busy, take } }: Pick<WritingText, 'word'>) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button type="text" icon={<FileWordOutlined />} loading={busy} onClick={() => input.current?.click()}>
        导入 Word
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".docx"
        aria-label="选择 Word 文件"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void take(file);
          target.value = '';
        }}
      />
    </>
  );
}
