import { ArrowLeftOutlined, CompressOutlined, HistoryOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { workOrderKind } from '@rexian/contracts';
import type { Finding } from '@rexian/workflows/graph.ts';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Act } from '../../drafts/Act.tsx';
import { DraftState } from '../../drafts/DraftState.tsx';
import { Presence } from '../../drafts/Presence.tsx';
import { Tag } from '../../platform/Tag.tsx';
import { HistoryDrawer } from '../history/HistoryDrawer.tsx';
import { PublishDialog } from '../history/PublishDialog.tsx';
import { readWorkflowOf } from '../workflow.ts';
import type { Draft } from './useDraft.ts';
import type { Drawn } from './useDrawing.ts';
import '../../drafts/toolbar.css';

type Props = {
  draft: Draft;
  drawn: Drawn | null;
  readOnly: boolean;
  faults: readonly Finding[] | null;
  onGoTo(id: string): void;
};

/** What the workflow is, and what can be done with all of it. */
export function Toolbar({ draft, drawn, readOnly, faults, onGoTo }: Props) {
  const { workflow, saved, state, save, take } = draft;
  const [open, setOpen] = useState<'history' | 'publish' | null>(null);
  const close = () => setOpen(null);
  const reload = () => void readWorkflowOf(workflow.id).then(take);
  const why = !saved
    ? '保存后才能发布'
    : faults?.length
      ? '改正错误后才能发布'
      : workflow.draft
        ? ''
        : '没有需要发布的修改';
  return (
    <header className="editor-toolbar">
      <Link to="/workflows" aria-label="返回工单流程" title="返回工单流程">
        <ArrowLeftOutlined />
      </Link>
      <strong title={workflow.name}>{workflow.name}</strong>
      <span className="muted">
        {workOrderKind.labels[workflow.kind]} · {workflow.unit.name}
      </span>
      {readOnly && <Tag tone="quiet">只读</Tag>}
      {workflow.published ? (
        <Tag tone="ready">已发布 v{workflow.published.version}</Tag>
      ) : (
        <Tag tone="quiet">未发布</Tag>
      )}
      {!readOnly && <DraftState stored={workflow} state={state} save={save} />}
      {!readOnly && <Presence feature="workflows" id={workflow.id} page={draft.page} />}
      <div className="editor-tools">
        {drawn && !readOnly && (
          <>
            <Act
              label="撤销"
              keys="Ctrl+Z"
              icon={<UndoOutlined />}
              disabled={!drawn.canUndo}
              run={() => drawn.drawing.undo()}
            />
            <Act
              label="重做"
              keys="Ctrl+Y"
              icon={<RedoOutlined />}
              disabled={!drawn.canRedo}
              run={() => drawn.drawing.redo()}
            />
          </>
        )}
        {drawn && <Act label="适合窗口" icon={<CompressOutlined />} run={() => drawn.drawing.fit()} />}
        <Button icon={<HistoryOutlined />} disabled={!workflow.published} onClick={() => setOpen('history')}>
          发布历史
        </Button>
        {!readOnly && (
          <Tooltip title={why}>
            <Button type="primary" disabled={why !== ''} onClick={() => setOpen('publish')}>
              发布
            </Button>
          </Tooltip>
        )}
      </div>
      {open === 'history' && <HistoryDrawer workflow={workflow} onClose={close} onRestored={reload} />}
      {open === 'publish' && <PublishDialog workflow={workflow} onClose={close} onPublished={reload} onGoTo={onGoTo} />}
    </header>
  );
}
