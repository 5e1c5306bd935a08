import { Empty, Input } from 'antd';
import { useMemo, useState } from 'react';
import { iconOf } from '../canvas/icons.ts';
import { useNames } from '../canvas/names.ts';
import { nodeTypes } from '../registry.ts';
import { useEditorState } from './state.ts';
import { findNodes, titleOf } from './walk.ts';

/** Finds nodes by title, type and text; Enter goes from one to the next. */
export function NodeSearch({ onGoTo, onClose }: { onGoTo(nodeId: string): void; onClose(): void }) {
  const { document } = useEditorState();
  const names = useNames();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(-1);
  const found = useMemo(() => findNodes(document, query, names), [document, query, names]);
  const go = (index: number) => {
    const id = found[index];
    setAt(index);
    if (id !== undefined) onGoTo(id);
  };
  return (
    <search className="node-search" aria-label="查找节点">
      <Input.Search
        autoFocus
        allowClear
        aria-label="查找节点"
        placeholder="名称、类型或播报内容"
        value={query}
        onChange={({ target }) => {
          setQuery(target.value);
          setAt(-1);
        }}
        onSearch={() => found.length > 0 && go((at + 1) % found.length)}
        onKeyDown={({ key }) => key === 'Escape' && onClose()}
      />
      {query.trim() !== '' && (
        <ul>
          {found.length === 0 && <Empty image={null} description="没有找到" />}
          {found.map((id, index) => (
            <li key={id}>
              <button type="button" aria-current={index === at} onClick={() => go(index)}>
                <NodeIcon type={document.nodes[id]?.type ?? ''} />
                {titleOf(document, id)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}

function NodeIcon({ type }: { type: string }) {
  const definition = nodeTypes.get(type);
  const Icon = definition && iconOf(definition);
  return Icon ? <Icon /> : null;
}
