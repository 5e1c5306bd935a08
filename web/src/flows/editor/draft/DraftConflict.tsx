import { type FlowDetail, type FlowDocument, flowName } from '@rexian/contracts';
import { exportFlow } from '@rexian/flows/exchange.ts';
import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Behind } from '../../../drafts/Behind.tsx';
import { useChange } from '../../../forms/useChange.ts';
import { api, client } from '../../../platform/api.ts';
import { errorText } from '../../../platform/errors.ts';
import { dateTime } from '../../../platform/format.ts';
import { Compare } from '../../history/Compare.tsx';
import { useEditorState } from '../state.ts';
import type { Draft } from './useDraft.ts';
import '../../../drafts/draft.css';
import './draft.css';

/** Somebody else has saved since: both flows, and three ways on. Nothing is written over unseen. */
export function DraftConflict({ draft }: { draft: Draft }) {
  const { flow, page, state, saved, reload, reloading } = draft;
  const [later, setLater] = useState<FlowDetail | null>(null);
  if (state.what !== 'conflict') {
    const { id, revision } = flow;
    return (
      <Behind feature="flows" what="流程" {...{ id, page, revision, saved }} loading={reloading} onLoad={reload} />
    );
  }
  const { theirs } = state;
  if (later === theirs)
    return (
      <Alert
        className="draft-banner"
        type="error"
        showIcon
        title={`${whoSaved(theirs)}，你的修改尚未保存`}
        action={
          <Button size="small" type="primary" onClick={() => setLater(null)}>
            处理
          </Button>
        }
      />
    );
  return <Dialog draft={draft} theirs={theirs} onLater={() => setLater(theirs)} />;
}

const whoSaved = ({ draft, published }: FlowDetail): string => {
  const by = draft ?? published;
  return by ? `“${by.by}”已于 ${dateTime(by.at)} ${draft ? '保存' : '发布'}此流程` : '此流程已被他人修改';
};

function Dialog({ draft, theirs, onLater }: { draft: Draft; theirs: FlowDetail; onLater(): void }) {
  const { document } = useEditorState();
  const [naming, setNaming] = useState(false);
  const [busy, setBusy] = useState(false);
  const overwrite = () => {
    setBusy(true);
    void draft.overwrite().finally(() => setBusy(false));
  };
  return (
    <Modal
      open
      width="min(1360px, 96vw)"
      centered
      title={whoSaved(theirs)}
      mask={{ closable: false }}
      onCancel={onLater}
      footer={
        <div className="draft-ways">
          <Button onClick={onLater}>稍后处理</Button>
          <span />
          <Button onClick={() => setNaming(true)}>另存为新流程…</Button>
          <Button danger loading={busy} onClick={overwrite}>
            用我的版本覆盖
          </Button>
          <Button type="primary" onClick={() => draft.take(theirs)}>
            载入对方的版本
          </Button>
        </div>
      }
    >
      <p className="draft-told">你的修改尚未保存。载入对方的版本后，仍可按 Ctrl+Z 找回自己的修改。</p>
      <div className="draft-compare">
        <Compare
          unitId={theirs.unit.id}
          before={{ title: '对方的版本', document: theirs.document }}
          after={{ title: '我的版本', document }}
        />
      </div>
      {naming && <SaveAs theirs={theirs} draft={draft} onClose={() => setNaming(false)} />}
    </Modal>
  );
}

/** Mine becomes a flow of its own; here theirs is shown. */
function SaveAs({ theirs, draft, onClose }: { theirs: FlowDetail; draft: Draft; onClose(): void }) {
  const { document } = useEditorState();
  const navigate = useNavigate();
  const [name, setName] = useState(`${theirs.name.slice(0, 56)}（副本）`.slice(0, 60));
  const wrong = flowName.safeParse(name).error?.issues[0]?.message;
  const save = useChange({
    run: () => client.flows.importFile({ unitId: theirs.unit.id, name, file: fileOf(name, document) }),
    touches: [api.flows.list.key()],
    done: ({ name }) => `已另存为“${name}”`,
  });
  const send = () =>
    save.mutate(undefined, {
      onSuccess: ({ id }) => {
        draft.take(theirs);
        void navigate(`/flows/${id}`);
      },
    });
  return (
    <Modal
      open
      title="另存为新流程"
      okText="保存"
      cancelText="取消"
      okButtonProps={{ disabled: wrong !== undefined }}
      confirmLoading={save.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <Input
        aria-label="新流程名称"
        maxLength={60}
        status={wrong ? 'error' : ''}
        value={name}
        onChange={({ target }) => setName(target.value)}
        onPressEnter={send}
      />
      {save.error && <Alert className="draft-told" type="error" showIcon title={errorText(save.error)} />}
    </Modal>
  );
}

const fileOf = (name: string, document: FlowDocument): File =>
  new File([exportFlow({ name, document })], 'flow.json', { type: 'application/json' });
