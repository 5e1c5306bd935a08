import { type Editor, useEditorState } from '@tiptap/react';
import { Button } from 'antd';

/** What can be done to the table that the cursor is in. */
export function TableTools({ editor }: { editor: Editor }) {
  const is = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      table: now.isActive('table'),
      merge: now.can().mergeCells(),
      split: now.can().splitCell(),
    }),
  });
  if (!is.table) return null;
  const chain = () => editor.chain().focus();
  const acts: { label: string; off?: boolean; run(): unknown }[] = [
    { label: '上方插入行', run: () => chain().addRowBefore().run() },
    { label: '下方插入行', run: () => chain().addRowAfter().run() },
    { label: '左侧插入列', run: () => chain().addColumnBefore().run() },
    { label: '右侧插入列', run: () => chain().addColumnAfter().run() },
    { label: '删除行', run: () => chain().deleteRow().run() },
    { label: '删除列', run: () => chain().deleteColumn().run() },
    { label: '合并单元格', off: !is.merge, run: () => chain().mergeCells().run() },
    { label: '拆分单元格', off: !is.split, run: () => chain().splitCell().run() },
    { label: '标题行', run: () => chain().toggleHeaderRow().run() },
    { label: '删除表格', run: () => chain().deleteTable().run() },
  ];
  return (
    <div className="text-tools" role="toolbar" aria-label="表格工具">
      {acts.map(({ label, off = false, run }) => (
        <Button
          key={label}
          type="text"
          size="small"
          disabled={off}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => run()}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
