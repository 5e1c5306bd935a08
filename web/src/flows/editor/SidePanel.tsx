import { ApartmentOutlined, CopyOutlined, DeleteOutlined, FlagOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { NodeForm } from './NodeForm.tsx';
import { useEditorState } from './state.ts';
import type { Actions } from './useActions.ts';

/** A field that somebody asked for; another object each time. */
export interface Wanted {
  node: string;
  field: string | undefined;
}

/** What is selected: its form, and what can be done with it. */
export function SidePanel({ actions, wanted }: { actions: Actions; wanted: Wanted | null }) {
  const { document, selected, readOnly } = useEditorState();
  const [id] = selected;
  if (id === undefined)
    return (
      <aside className="side-panel side-empty" aria-label="属性">
        <p className="muted">{readOnly ? '选择节点查看设置' : '选择节点进行设置，或从左侧添加节点'}</p>
      </aside>
    );
  const one = selected.size === 1;
  return (
    <aside className="side-panel" aria-label="属性">
      {one ? (
        <NodeForm nodeId={id} readOnly={readOnly} focus={wanted?.node === id ? wanted : null} />
      ) : (
        <h2>已选 {selected.size} 个节点</h2>
      )}
      {!readOnly && (
        <footer>
          {one && (
            <Button size="small" icon={<FlagOutlined />} disabled={document.start === id} onClick={actions.makeStart}>
              设为开始
            </Button>
          )}
          {!one && (
            <Button size="small" icon={<ApartmentOutlined />} onClick={actions.layOut}>
              整理布局
            </Button>
          )}
          <Button size="small" icon={<CopyOutlined />} onClick={actions.duplicate}>
            生成副本
          </Button>
          <Button size="small" danger icon={<DeleteOutlined />} onClick={actions.remove}>
            删除
          </Button>
        </footer>
      )}
    </aside>
  );
}
