import { KNOWLEDGE_CATEGORY_DEPTH, type KnowledgeCategory, type KnowledgeLibrary } from '@rexian/contracts';
import { Button, Space, type TableColumnType } from 'antd';
import { type Key, useMemo, useState } from 'react';
import { useConfirm } from '../../forms/useConfirm.ts';
import { AddButton } from '../../listing/AddButton.tsx';
import { ListTable } from '../../listing/ListTable.tsx';
import { actionColumn } from '../../listing/RowActions.tsx';
import { ActiveTag } from '../../platform/ActiveTag.tsx';
import { MoveCategoryForm, NewCategoryForm, RenameCategoryForm } from './CategoryForms.tsx';
import { type CategoryNode, forestOf, siblingsOf } from './forest.ts';
import { useOrderCategory, useSwitchCategory } from './useLibraryChanges.ts';

type Row = Omit<CategoryNode, 'children'> & { storey: number; children?: Row[] };
type Ask =
  | { kind: 'create'; parent: KnowledgeCategory | null }
  | { kind: 'rename' | 'move'; category: KnowledgeCategory };

const columns: TableColumnType<Row>[] = [
  { title: '目录', dataIndex: 'name', ellipsis: true },
  { title: '知识', key: 'articles', width: 80, align: 'right', render: (_, { total }) => total },
  { title: '状态', key: 'enabled', width: 90, render: (_, { inUse }) => <ActiveTag active={inUse} /> },
];

type Props = { library: KnowledgeLibrary; onChange(): void };

/** The tree of a library's categories, to be put in order. */
export function CategoryTable({ library, onChange }: Props) {
  const { categories, can, name, unit } = library;
  const [ask, setAsk] = useState<Ask | null>(null);
  const [folded, setFolded] = useState<readonly Key[]>([]);
  const rows = useMemo(() => forestOf(categories).map((node) => rowOf(node, 1)), [categories]);
  const close = () => setAsk(null);
  return (
    <div className="list-page">
      <div className="list-tools">
        <b>{name}</b>
        {!can.change && <span className="muted">由{unit.name}管理</span>}
        {can.change && (
          <div className="list-end">
            <Button onClick={onChange}>修改知识库</Button>
            <AddButton onClick={() => setAsk({ kind: 'create', parent: null })}>新增一级目录</AddButton>
          </div>
        )}
      </div>
      <ListTable<Row>
        list={{ rows, error: null, isPending: false, refetch: () => undefined }}
        columns={
          can.change
            ? [...columns, actionColumn<Row>(330, (row) => <Actions row={row} rows={categories} onAsk={setAsk} />)]
            : columns
        }
        expandable={{
          expandedRowKeys: categories.map(({ id }) => id).filter((id) => !folded.includes(id)),
          onExpand: (open, { id }) =>
            setFolded((before) => (open ? before.filter((each) => each !== id) : [...before, id])),
        }}
        scroll={{ x: 760 }}
        rowClassName={({ inUse }) => (inUse ? '' : 'off')}
        empty="还没有目录"
      />
      {ask?.kind === 'create' && <NewCategoryForm library={library} parent={ask.parent} onClose={close} />}
      {ask?.kind === 'rename' && <RenameCategoryForm category={ask.category} onClose={close} />}
      {ask?.kind === 'move' && <MoveCategoryForm library={library} category={ask.category} onClose={close} />}
    </div>
  );
}

/** The table draws a fold for an empty list. */
const rowOf = ({ children, ...node }: CategoryNode, storey: number): Row => ({
  ...node,
  storey,
  ...(children.length > 0 ? { children: children.map((child) => rowOf(child, storey + 1)) } : {}),
});

type ActionsProps = { row: Row; rows: readonly KnowledgeCategory[]; onAsk(ask: Ask): void };

function Actions({ row, rows, onAsk }: ActionsProps) {
  const confirm = useConfirm();
  const order = useOrderCategory();
  const turn = useSwitchCategory();
  const { id, parentId, name, enabled, storey } = row;
  const siblings = siblingsOf(rows, row);
  const at = siblings.findIndex((each) => each.id === id);
  const go = (before: KnowledgeCategory | undefined) => void order.act({ id, parentId, before: before?.id ?? null });
  const stop = () =>
    confirm({
      title: `停用“${name}”？`,
      content: '停用后，坐席看不到该目录及其下级中的知识。随时可以重新启用。',
      okText: '停用',
      run: () => turn.act({ id, name, enabled: false }),
    });
  const link = { type: 'link', size: 'small' } as const;
  return (
    <Space size={0}>
      <Button
        {...link}
        disabled={storey >= KNOWLEDGE_CATEGORY_DEPTH}
        onClick={() => onAsk({ kind: 'create', parent: row })}
      >
        新增下级
      </Button>
      <Button {...link} onClick={() => onAsk({ kind: 'rename', category: row })}>
        修改
      </Button>
      <Button {...link} disabled={order.busy || at <= 0} onClick={() => go(siblings[at - 1])}>
        上移
      </Button>
      <Button {...link} disabled={order.busy || at >= siblings.length - 1} onClick={() => go(siblings[at + 2])}>
        下移
      </Button>
      <Button {...link} onClick={() => onAsk({ kind: 'move', category: row })}>
        移动
      </Button>
      {enabled ? (
        <Button {...link} danger onClick={stop}>
          停用
        </Button>
      ) : (
        <Button {...link} loading={turn.busy} onClick={() => void turn.act({ id, name, enabled: true })}>
          启用
        </Button>
      )}
    </Space>
  );
}
