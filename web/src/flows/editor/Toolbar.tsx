import {
  ApartmentOutlined,
  ArrowLeftOutlined,
  FileDoneOutlined,
  QuestionCircleOutlined,
  RedoOutlined,
  SearchOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import { Badge, Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Tag } from '../../platform/Tag.tsx';
import type { Marks } from '../canvas/marks.ts';
import { DraftState } from './draft/DraftState.tsx';
import type { Draft } from './draft/useDraft.ts';
import { useFound } from './findings.ts';
import { Presence } from './Presence.tsx';
import { useEditorState } from './state.ts';
import { tools } from './tools.tsx';
import type { Actions } from './useActions.ts';

type Props = {
  draft: Draft;
  actions: Actions;
  checking: boolean;
  onCheck(): void;
  onSearch(): void;
  onHelp(): void;
  showMarks(marks: Marks | null): void;
};

const FAULT = 'var(--state-fault)';
const WARNING = 'var(--state-waiting)';

/** What the flow is, and what can be done with all of it. */
export function Toolbar({ draft, actions, checking, onCheck, onSearch, onHelp, showMarks }: Props) {
  const { flow, saved, reload } = draft;
  const { faults, warnings } = useFound();
  const { undo, redo, canUndo, canRedo, readOnly, document, selected } = useEditorState();
  return (
    <header className="editor-toolbar">
      <Link to="/flows" aria-label="返回流程列表" title="返回流程列表">
        <ArrowLeftOutlined />
      </Link>
      <strong title={flow.name}>{flow.name}</strong>
      {readOnly && <Tag tone="quiet">只读</Tag>}
      {flow.published ? <Tag tone="ready">已发布 v{flow.published.version}</Tag> : <Tag tone="quiet">未发布</Tag>}
      {!readOnly && <DraftState draft={draft} />}
      {!readOnly && <Presence draft={draft} />}
      <div className="editor-tools">
        {!readOnly && (
          <>
            <Act label="撤销" keys="Ctrl+Z" icon={<UndoOutlined />} disabled={!canUndo} run={undo} />
            <Act label="重做" keys="Ctrl+Y" icon={<RedoOutlined />} disabled={!canRedo} run={redo} />
            <Act
              label={selected.size > 1 ? '整理选中的节点' : '整理布局'}
              icon={<ApartmentOutlined />}
              run={actions.layOut}
            />
          </>
        )}
        <Act label="查找节点" keys="Ctrl+F" icon={<SearchOutlined />} run={onSearch} />
        <Act label="快捷键" keys="F1" icon={<QuestionCircleOutlined />} run={onHelp} />
        <Badge count={faults.length || warnings.length} size="small" color={faults.length > 0 ? FAULT : WARNING}>
          <Button icon={<FileDoneOutlined />} aria-pressed={checking} onClick={onCheck}>
            检查
          </Button>
        </Badge>
        {tools.map(({ key, component: Component }) => (
          <Component
            key={key}
            flow={flow}
            document={document}
            saved={saved}
            showMarks={showMarks}
            select={(id) => (id === null ? undefined : actions.goTo(id))}
            reload={reload}
          />
        ))}
      </div>
    </header>
  );
}

type ActProps = { label: string; keys?: string; icon: ReactNode; disabled?: boolean; run(): void };

function Act({ label, keys, icon, disabled = false, run }: ActProps) {
  return (
    <Tooltip title={keys ? `${label}（${keys}）` : label} mouseEnterDelay={0.4}>
      <Button type="text" aria-label={label} icon={icon} disabled={disabled} onClick={run} />
    </Tooltip>
  );
}
