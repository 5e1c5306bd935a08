import {
  ApartmentOutlined,
  ArrowLeftOutlined,
  FileDoneOutlined,
  QuestionCircleOutlined,
  RedoOutlined,
  SearchOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import { Badge, Button } from 'antd';
import { memo, useCallback, useDeferredValue } from 'react';
import { Link } from 'react-router';
import { Act } from '../../drafts/Act.tsx';
import { DraftState } from '../../drafts/DraftState.tsx';
import { Presence } from '../../drafts/Presence.tsx';
import { Tag } from '../../platform/Tag.tsx';
import type { Marks } from '../canvas/marks.ts';
import type { Draft } from './draft/useDraft.ts';
import { useFound } from './findings.ts';
import { useEditorState } from './state.ts';
import { tools } from './tools.tsx';
import type { Actions } from './useActions.ts';
import '../../drafts/toolbar.css';

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

/** What the flow is, and what can be done with all of it. Little of it is drawn again when the flow changes. */
export const Toolbar = memo(function Toolbar(props: Props) {
  const { draft, actions, onSearch, onHelp } = props;
  const { flow } = draft;
  const readOnly = !flow.can.change;
  return (
    <header className="editor-toolbar">
      <Link to="/flows" aria-label="返回流程列表" title="返回流程列表">
        <ArrowLeftOutlined />
      </Link>
      <strong title={flow.name}>{flow.name}</strong>
      {readOnly && <Tag tone="quiet">只读</Tag>}
      {flow.published ? <Tag tone="ready">已发布 v{flow.published.version}</Tag> : <Tag tone="quiet">未发布</Tag>}
      {!readOnly && <DraftState stored={flow} state={draft.state} save={draft.save} />}
      {!readOnly && <Presence feature="flows" id={flow.id} page={draft.page} />}
      <div className="editor-tools">
        {!readOnly && <Changing actions={actions} />}
        <Act label="查找节点" keys="Ctrl+F" icon={icons.search} run={onSearch} />
        <Act label="快捷键" keys="F1" icon={icons.help} run={onHelp} />
        <Check {...props} />
        <Tools {...props} />
      </div>
    </header>
  );
});

const icons = {
  undo: <UndoOutlined />,
  redo: <RedoOutlined />,
  layOut: <ApartmentOutlined />,
  search: <SearchOutlined />,
  help: <QuestionCircleOutlined />,
};

function Changing({ actions }: Pick<Props, 'actions'>) {
  const { undo, redo, canUndo, canRedo, selected } = useEditorState();
  const layOut = selected.size > 1 ? '整理选中的节点' : '整理布局';
  return (
    <>
      <Act label="撤销" keys="Ctrl+Z" icon={icons.undo} disabled={!canUndo} run={undo} />
      <Act label="重做" keys="Ctrl+Y" icon={icons.redo} disabled={!canRedo} run={redo} />
      <Act label={layOut} icon={icons.layOut} run={actions.layOut} />
    </>
  );
}

function Check({ checking, onCheck }: Pick<Props, 'checking' | 'onCheck'>) {
  const { faults, warnings } = useFound();
  return (
    <Badge count={faults.length || warnings.length} size="small" color={faults.length > 0 ? FAULT : WARNING}>
      <Button icon={<FileDoneOutlined />} aria-pressed={checking} onClick={onCheck}>
        检查
      </Button>
    </Badge>
  );
}

/** They follow the flow when there is time. */
function Tools({ draft: { flow, saved, reload }, actions, showMarks }: Pick<Props, 'draft' | 'actions' | 'showMarks'>) {
  const document = useDeferredValue(useEditorState().document);
  const select = useCallback((id: string | null) => (id === null ? undefined : actions.goTo(id)), [actions]);
  return tools.map(({ key, component: Component }) => (
    <Component key={key} {...{ flow, document, saved, showMarks, select, reload }} />
  ));
}
