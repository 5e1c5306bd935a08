import { ApartmentOutlined, CopyOutlined, DeleteOutlined, FlagOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { memo, useDeferredValue } from 'react';
import { NodeForm } from './NodeForm.tsx';
import { useEditorState } from './state.ts';
import type { Actions } from './useActions.ts';

/** A field that somebody asked for; another object each time. */
export interface Wanted {
  node: string;
  field: string | undefined;
}

type Props = { actions: Actions; wanted: Wanted | null };

/** What is selected: its form, and what can be done with it. The drawing answers first, the form follows. */
export const SidePanel = memo(function SidePanel({ actions, wanted }: Props) {
  const { document, readOnly, ...state } = useEditorState();
  const selected = useDeferredValue(state.selected);
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
      {!readOnly && <Acts actions={actions} one={one} isStart={document.start === id} />}
    </aside>
  );
});

type ActsProps = { actions: Actions; one: boolean; isStart: boolean };

const Acts = memo(function Acts({ actions, one, isStart }: ActsProps) {
  return (
    <footer>
      {one && (
        <Button size="small" icon={<FlagOutlined />} disabled={isStart} onClick={actions.makeStart}>
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
  );
});
