import { Empty, Input } from 'antd';
import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { iconOf } from '../canvas/icons.ts';
import { useNames } from '../canvas/names.ts';
import { nodeTypes } from '../registry.ts';
import { useEditing, useEditorState } from './state.ts';
import { findNodes, titleOf } from './walk.ts';

/** Shown at a time; Enter goes to the others as well. */
const SHOWN = 50;

/** Finds nodes by title, type and text; Enter goes from one to the next. */
export function NodeSearch({ onGoTo, onClose }: { onGoTo(nodeId: string): void; onClose(): void }) {
  const { document } = useEditorState();
  const names = useNames();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(-1);
  const found = useMemo(() => findNodes(document, query, names), [document, query, names]);
  const listed = useDeferredValue(found);
  const go = useCallback(
    (id: string, index: number) => {
      setAt(index);
      onGoTo(id);
    },
    [onGoTo],
  );
  const next = () => {
    const index = (at + 1) % found.length;
    const id = found[index];
    if (id !== undefined) go(id, index);
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
        onSearch={next}
        onKeyDown={({ key }) => key === 'Escape' && onClose()}
      />
      {query.trim() !== '' && <Found found={listed} at={at} onGo={go} />}
    </search>
  );
}

type FoundProps = { found: readonly string[]; at: number; onGo(nodeId: string, index: number): void };

const Found = memo(function Found({ found, at, onGo }: FoundProps) {
  const { current } = useEditing();
  const document = current();
  return (
    <ul>
      {found.length === 0 && <Empty image={null} description="没有找到" />}
      {found.slice(0, SHOWN).map((id, index) => (
        <li key={id}>
          <button type="button" aria-current={index === at} onClick={() => onGo(id, index)}>
            <NodeIcon type={document.nodes[id]?.type ?? ''} />
            {titleOf(document, id)}
          </button>
        </li>
      ))}
      {found.length > SHOWN && <li className="muted">还有 {found.length - SHOWN} 个，请输入更多文字</li>}
    </ul>
  );
});

function NodeIcon({ type }: { type: string }) {
  const definition = nodeTypes.get(type);
  const Icon = definition && iconOf(definition);
  return Icon ? <Icon /> : null;
}
