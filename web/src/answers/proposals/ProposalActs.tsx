import type { Proposal } from '@rexian/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAction } from '../../forms/useChange.ts';
import { useConfirm } from '../../forms/useConfirm.ts';
import { api, client } from '../../platform/api.ts';
import { newAnswerPath } from '../paths.ts';
import { ReasonDialog } from '../ReasonDialog.tsx';
import { TryOut } from '../turn/TryOut.tsx';

type Props = { proposal: Proposal; onDone(): void };

/** The word on a proposal, and what whoever made it can still do. */
export function ProposalActs({ proposal, onDone }: Props) {
  const { id, can, content, answer, unit } = proposal;
  const navigate = useNavigate();
  const confirm = useConfirm();
  const [open, setOpen] = useState<'try' | 'return' | null>(null);
  const touches = [api.answers.key()];
  const adopt = useAction({
    run: async () => {
      await client.answers.adopt({ id });
      onDone();
    },
    ...{ touches, done: `已采纳，${answer ? '新版本' : '问答'}已启用` },
  });
  const recall = useAction({
    run: async () => {
      await client.answers.recall({ id });
      onDone();
    },
    ...{ touches, done: '已撤回' },
  });
  const askRecall = () =>
    confirm({
      title: `撤回提交给${unit.name}的“${content.question}”？`,
      content: '撤回后可以修改再提交。',
      okText: '撤回',
      run: () => recall.act(undefined),
    });
  return (
    <div className="form-footer">
      <Button onClick={() => setOpen('try')}>试一试</Button>
      {can.recall && <Button onClick={askRecall}>撤回</Button>}
      {can.again && (
        <Button type="primary" onClick={() => void navigate(newAnswerPath({ from: id }))}>
          修改后再次提交
        </Button>
      )}
      {can.decide && (
        <>
          <Button danger onClick={() => setOpen('return')}>
            退回
          </Button>
          <Button type="primary" loading={adopt.busy} onClick={() => void adopt.act(undefined)}>
            采纳
          </Button>
        </>
      )}
      {open === 'try' && <TryOut question={content.question} turn={content.turn} onClose={() => setOpen(null)} />}
      {open === 'return' && (
        <ReasonDialog
          title={`退回“${content.question}”？`}
          told="原因会通知提交人。"
          okText="退回"
          done="已退回"
          run={async (reason) => {
            await client.answers.return({ id, reason });
            onDone();
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
