import { SearchOutlined } from '@ant-design/icons';
import { type Unit, unitKind } from '@rexian/contracts';
import { Empty, Input, Tree } from 'antd';
import { type Key, useMemo, useState } from 'react';
import { forestOf, found, lineOf, type UnitNode } from './tree.ts';

type Props = { units: readonly Unit[]; chosen: string | null; onChoose(id: string): void };
type Branch = { key: string; unit: Unit; children: Branch[] };

const branch = ({ unit, children }: UnitNode): Branch => ({ key: unit.id, unit, children: children.map(branch) });

/** The unit tree with its search; what is chosen is always unfolded. */
export function UnitTree({ units, chosen, onChoose }: Props) {
  const [text, setText] = useState('');
  const treeData = useMemo(() => forestOf(found(units, text)).map(branch), [units, text]);
  const { opened, setOpened } = useOpened(units, chosen);
  const searching = text.trim() !== '';
  return (
    <>
      <div className="unit-search">
        <Input
          allowClear
          prefix={<SearchOutlined />}
          placeholder="名称或编码"
          aria-label="搜索机构"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {treeData.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有符合的机构" />
      ) : (
        <Tree<Branch>
          className="unit-tree"
          blockNode
          showLine
          treeData={treeData}
          expandedKeys={searching ? units.map(({ id }) => id) : opened}
          onExpand={(keys) => !searching && setOpened(keys)}
          selectedKeys={chosen ? [chosen] : []}
          onSelect={(_, { node }) => onChoose(node.key)}
          titleRender={({ unit }) => <Title unit={unit} />}
        />
      )}
    </>
  );
}

/** What is unfolded: the top at first, and once something is chosen the branches above it. */
function useOpened(units: readonly Unit[], chosen: string | null) {
  const [opened, setOpened] = useState<Key[]>(() => forestOf(units).map(({ unit }) => unit.id));
  const [before, setBefore] = useState<string | null>(null);
  if (chosen !== before) {
    setBefore(chosen);
    const above = chosen ? lineOf(units, chosen).slice(0, -1) : [];
    setOpened([...new Set([...opened, ...above.map(({ id }) => id)])]);
  }
  return { opened, setOpened };
}

function Title({ unit }: { unit: Unit }) {
  return (
    <span className="unit-title" data-off={unit.active ? undefined : true}>
      <span>{unit.name}</span>
      <small>{unitKind.labels[unit.kind]}</small>
      {!unit.active && <small>已停用</small>}
      <em className="num">{unit.people > 0 && `${unit.people} 人`}</em>
    </span>
  );
}
