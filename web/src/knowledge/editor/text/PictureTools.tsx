import { type Editor, useEditorState } from '@tiptap/react';
import { Button, Input } from 'antd';
import { writeOn } from './writeOn.ts';

/** What can be done to the picture that is chosen. */
export function PictureTools({ editor }: { editor: Editor }) {
  const chosen = useEditorState({
    editor,
    selector: ({ editor: now }) =>
      now.isActive('image') ? { alt: String(now.getAttributes('image').alt), at: now.state.selection.from } : null,
  });
  if (!chosen) return null;
  const describe = (alt: string) => editor.chain().updateAttributes('image', { alt }).setNodeSelection(chosen.at).run();
  const goOn = () => {
    writeOn(editor);
    editor.commands.focus();
  };
  return (
    <div className="text-tools" role="toolbar" aria-label="图片工具">
      <Input
        size="small"
        variant="borderless"
        aria-label="图片说明"
        placeholder="图片说明：供读屏软件朗读，也可被检索"
        style={{ flex: 1 }}
        maxLength={200}
        value={chosen.alt}
        onChange={({ target }) => describe(target.value)}
        onPressEnter={goOn}
      />
      <Button type="text" size="small" onClick={() => editor.chain().focus().deleteSelection().run()}>
        删除图片
      </Button>
    </div>
  );
}
