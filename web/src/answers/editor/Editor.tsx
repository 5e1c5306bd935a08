import { ArrowLeftOutlined } from '@ant-design/icons';
import type { Answer, Proposal } from '@rexian/contracts';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useChange } from '../../forms/useChange.ts';
import { useKey } from '../../orders/useKey.ts';
import { api, client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { dateMinute } from '../../platform/format.ts';
import { ANSWERS_PATH, answerPath } from '../paths.ts';
import { useOwnUnit } from '../places.ts';
import { TryOut } from '../turn/TryOut.tsx';
import { contentOf } from './draft.ts';
import { Facts } from './Facts.tsx';
import { QuestionPart } from './QuestionPart.tsx';
import { TurnEditor } from './TurnEditor.tsx';
import { turnOf } from './turnDraft.ts';
import { type Beginning, useAnswerDraft } from './useAnswerDraft.ts';
import './editor.css';

type Props = {
  /** What is changed; null: a new answer. */
  answer: Answer | null;
  /** It was proposed before and came back. */
  proposal?: Proposal;
  beginning: Beginning;
};

/** One answer, written: the question with its phrasings and what is alike, what is answered, and where it belongs. */
export function Editor({ answer, proposal, beginning }: Props) {
  const unit = useOwnUnit();
  const navigate = useNavigate();
  const writing = useAnswerDraft(beginning);
  const { draft, change, faults, restored } = writing;
  const [told, setTold] = useState(false);
  const [trying, setTrying] = useState(false);
  const send = useChange({
    run: client.answers.propose,
    touches: [api.answers.key()],
    done: (sent) => (sent.unit.id === unit.id ? '已提交，等待本中心审核' : `已提交给${sent.unit.name}审核`),
  });
  const leave = () => void navigate(answer ? answerPath(answer.id) : ANSWERS_PATH);
  const submit = () => {
    setTold(true);
    const content = contentOf(draft);
    if (!content || faults.turns.size > 0) return showFirstFault();
    const { unitId, note } = draft;
    const wish = { unitId, answerId: answer?.id ?? null, base: answer ? beginning.base : null, content, note };
    send.mutate(wish, {
      onSuccess: () => {
        writing.forget();
        void navigate(`${ANSWERS_PATH}?tab=mine`);
      },
    });
  };
  useKey('Ctrl+Enter', submit);
  const shown = told ? faults : null;
  return (
    <article className="answer-editor">
      <header className="answer-head panel">
        <Button type="text" icon={<ArrowLeftOutlined />} aria-label="返回" onClick={leave} />
        <div className="answer-head-words">
          <h1>{answer ? `修改问答：${answer.question}` : '新增问答'}</h1>
          <p>{writing.changed ? '未提交的内容保存在本机浏览器' : '提交后由他人审核，采纳即启用'}</p>
        </div>
        <div className="answer-head-acts">
          {told && faults.fields.size + faults.turns.size > 0 && (
            <span className="list-wrong" role="status">
              还有 {faults.fields.size + faults.turns.size} 处未填好
            </span>
          )}
          <Button onClick={() => setTrying(true)}>试一试</Button>
          <Button type="primary" loading={send.isPending} onClick={submit}>
            提交审核 <kbd>Ctrl+Enter</kbd>
          </Button>
        </div>
      </header>
      {proposal?.state === 'returned' && <Alert type="warning" showIcon title={`退回原因：${proposal.reason}`} />}
      {restored && (
        <Alert
          type="info"
          showIcon
          title={`已恢复 ${dateMinute(restored)} 未提交的内容`}
          action={
            <Button size="small" onClick={writing.beginAgain}>
              放弃，重新填写
            </Button>
          }
        />
      )}
      {send.error && <Alert type="error" showIcon role="alert" title={errorText(send.error)} />}
      <div className="answer-editor-columns">
        <div className="answer-editor-main">
          <QuestionPart draft={draft} change={change} faults={shown} exceptId={answer?.id ?? null} />
          <TurnEditor turn={draft.turn} onChange={(turn) => change({ turn })} faults={shown?.turns ?? null} />
        </div>
        <Facts draft={draft} change={change} faults={shown} answer={answer} />
      </div>
      {trying && (
        <TryOut
          question={draft.question || '（未填写标准问题）'}
          turn={turnOf(draft.turn)}
          onClose={() => setTrying(false)}
        />
      )}
    </article>
  );
}

/** After the faults have been drawn. */
function showFirstFault(): void {
  requestAnimationFrame(() => {
    const first = document.querySelector('.answer-editor .field-fault');
    first?.scrollIntoView({ block: 'center' });
    first?.closest('.answer-field')?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true });
  });
}
