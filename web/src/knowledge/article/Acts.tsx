import type { Article } from '@rexian/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { may, useViewer } from '../../auth/viewer.ts';
import { useConfirm } from '../../forms/useConfirm.ts';
import { FeedbackForm } from '../feedback/FeedbackForm.tsx';
import { useGoing } from '../useGoing.ts';
import { SubmitDialog } from './SubmitDialog.tsx';
import { isRead, useApprove, useDiscard, useRecall, useReturn, useRevise, useWithdraw } from './useActs.ts';
import { WordsDialog } from './WordsDialog.tsx';

type Opened = 'submit' | 'return' | 'withdraw' | 'feedback';

/** What the viewer can do with an article as it stands. */
export function Acts({ article }: { article: Article }) {
  const { id, title, can } = article;
  const going = useGoing();
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  // Whoever writes it mends it, whoever reviews it returns it.
  const tells = may(useViewer(), 'knowledge.read') && isRead(article) && !can.revise && !can.edit && !can.review;
  return (
    <div className="article-acts">
      {tells && <Button onClick={() => setOpened('feedback')}>反馈</Button>}
      {can.withdraw && <Button onClick={() => setOpened('withdraw')}>下架</Button>}
      <Undoing article={article} />
      {can.review && (
        <>
          <Button danger onClick={() => setOpened('return')}>
            退回
          </Button>
          <Approve article={article} />
        </>
      )}
      {can.revise && <Revise id={id} />}
      {can.edit && (
        <Link to={going.editor(id)}>
          <Button tabIndex={-1}>编辑</Button>
        </Link>
      )}
      {can.submit && (
        <Button type="primary" onClick={() => setOpened('submit')}>
          提交审核
        </Button>
      )}
      {opened === 'submit' && <SubmitDialog article={article} onClose={close} />}
      {opened === 'return' && <Return article={article} onClose={close} />}
      {opened === 'withdraw' && <Withdraw article={article} onClose={close} />}
      {opened === 'feedback' && <FeedbackForm article={{ id, title }} onClose={close} />}
    </div>
  );
}

const revisionOf = ({ writing }: Article): number => writing?.revision ?? 0;

/** 撤回, 放弃草稿. */
function Undoing({ article }: { article: Article }) {
  const { id, can, version } = article;
  const going = useGoing();
  const confirm = useConfirm();
  const recall = useRecall();
  const discard = useDiscard();
  const seen = { id, revision: revisionOf(article) };
  const ask = () =>
    confirm({
      title: '放弃草稿？',
      content: version === null ? '此知识从未发布，放弃后不再保留。' : `已写的修改不再保留，版本 ${version} 不变。`,
      okText: '放弃',
      run: () => discard.act(seen).then((left) => left === null && going.toList()),
    });
  return (
    <>
      {can.discard && (
        <Button danger onClick={ask}>
          放弃草稿
        </Button>
      )}
      {can.recall && (
        <Button loading={recall.busy} onClick={() => void recall.act(seen)}>
          撤回
        </Button>
      )}
    </>
  );
}

function Approve({ article }: { article: Article }) {
  const approve = useApprove();
  const review = article.writing?.draft?.review;
  return (
    <Button
      type="primary"
      loading={approve.busy}
      onClick={() => void approve.act({ id: article.id, revision: revisionOf(article) })}
    >
      {review && review.step < review.steps ? '通过初审' : '通过并发布'}
    </Button>
  );
}

function Revise({ id }: { id: string }) {
  const going = useGoing();
  const revise = useRevise();
  const begin = async () => {
    const revised = await revise.act({ id });
    if (revised) going.toEditor(id);
  };
  return (
    <Button type="primary" loading={revise.busy} onClick={() => void begin()}>
      修订
    </Button>
  );
}

type DialogProps = { article: Article; onClose(): void };

function Return({ article, onClose }: DialogProps) {
  const back = useReturn();
  return (
    <WordsDialog
      title="退回修改"
      told="退回后编写人可以修改，再次提交审核。"
      label="退回原因"
      okText="退回"
      most={500}
      isGrave
      busy={back.isPending}
      error={back.error}
      onSubmit={(reason) =>
        back.mutate({ id: article.id, revision: revisionOf(article), reason }, { onSuccess: onClose })
      }
      onClose={onClose}
    />
  );
}

function Withdraw({ article: { id, title }, onClose }: DialogProps) {
  const withdraw = useWithdraw();
  return (
    <WordsDialog
      title={`下架“${title}”`}
      told="下架后立即不再显示给坐席；历史版本保留，修订后可重新发布。"
      label="下架原因"
      okText="下架"
      most={500}
      isGrave
      busy={withdraw.isPending}
      error={withdraw.error}
      onSubmit={(reason) => withdraw.mutate({ id, reason }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
