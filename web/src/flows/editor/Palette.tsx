import { NODE_GROUPS, type NodeDefinition } from '@rexian/flows/node.ts';
import { Tooltip } from 'antd';
import { memo, useMemo, useState } from 'react';
import { SearchInput } from '../../listing/SearchInput.tsx';
import { iconOf } from '../canvas/icons.ts';
import { nodeTypes } from '../registry.ts';

/** What a node type is carried as from here to the canvas. */
export const NODE_DRAG = 'application/x-rexian-node';

const GROUPS = Object.entries(NODE_GROUPS) as [NodeDefinition['group'], string][];

type Props = { onAdd(type: string): void; focused?: boolean };

/** Every kind of node. A click or Enter adds it after what is selected; it can be drawn onto the canvas as well. */
export const Palette = memo(function Palette({ onAdd, focused = false }: Props) {
  const [query, setQuery] = useState('');
  const groups = useMemo(() => matching(query.trim()), [query]);
  const [first] = groups.flatMap(({ types }) => types);
  return (
    <search
      className="palette"
      aria-label="节点类型"
      onKeyDown={({ key, target }) => {
        if (key === 'Enter' && target instanceof HTMLInputElement && first) onAdd(first.type);
      }}
    >
      <SearchInput
        width="auto"
        label="搜索节点类型"
        placeholder="节点类型"
        value={query}
        onChange={setQuery}
        focused={focused}
      />
      <div className="palette-list">
        {groups.map(({ group, label, types }) => (
          <section key={group}>
            <h3>{label}</h3>
            {types.map((definition) => (
              <PaletteItem key={definition.type} definition={definition} onAdd={onAdd} />
            ))}
          </section>
        ))}
        {!first && <p className="muted">没有这种节点</p>}
      </div>
    </search>
  );
});

function PaletteItem({ definition, onAdd }: { definition: NodeDefinition; onAdd(type: string): void }) {
  const { type, title, group, help } = definition;
  const Icon = iconOf(definition);
  return (
    <Tooltip title={help} placement="right" mouseEnterDelay={0.5}>
      <button
        type="button"
        data-group={group}
        draggable
        onDragStart={({ dataTransfer }) => {
          dataTransfer.setData(NODE_DRAG, type);
          dataTransfer.effectAllowed = 'copy';
        }}
        onClick={() => onAdd(type)}
      >
        <Icon />
        {title}
      </button>
    </Tooltip>
  );
}

function matching(query: string) {
  const found = [...nodeTypes.values()].filter(({ title, help = '' }) => `${title}${help}`.includes(query));
  return GROUPS.flatMap(([group, label]) => {
    const types = found.filter((each) => each.group === group);
    return types.length > 0 ? [{ group, label, types }] : [];
  });
}
