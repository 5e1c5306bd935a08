import { ArrowLeftOutlined } from '@ant-design/icons';
import { type Answer, answerState, articleSharing } from '@rexian/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { may, useViewer } from '../../auth/viewer.ts';
import { useAction } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { dateMinute } from '../../platform/format.ts';
import { Tag } from '../../platform/Tag.tsx';
import { ANSWERS_PATH, editAnswerPath, newAnswerPath } from '../paths.ts';
import { holdsFor, useOwnUnit } from '../places.ts';
import { ReasonDialog } from '../ReasonDialog.tsx';
import { TryOut } from '../turn/TryOut.tsx';
import { answerTone, validityWords } from '../words.ts';

/** Which answer it is, whose, how it stands, and what can be done with it. */
export function Head({ answer }: { answer: Answer }) {
  const viewer = useViewer();
  const own = useOwnUnit();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const [open, setOpen] = useState<'try' | 'disable' | null>(null);
  const { id, unit, question, state, version, library, category, changedAt, can, content, sharing } = answer;
  const setState = useAction({ run: client.answers.setState, touches: [api.answers.key()] });
  // A centre's own answer may stand in for one from above.
  const fromAbove = unit.id !== own.id && holdsFor(unit, own) && state === 'enabled';
  return (
    <header className="answer-head panel">
      <Button
        type="text"
        icon={<ArrowLeftOutlined />}
        aria-label="返回问答库"
        onClick={() => void navigate({ pathname: ANSWERS_PATH, search: query.toString() })}
      />
      <div className="answer-head-words">
        <h1>{question}</h1>
        <p>
          <Tag tone={answerTone[state]}>{answerState.labels[state]}</Tag>
          <span>{unit.name}</span>
          <span>
            {library.name} · {category.path}
          </span>
          <span>{articleSharing.labels[sharing]}</span>
          <span>有效期：{validityWords(answer)}</span>
          <span className="num">
            版本 {version}，{dateMinute(changedAt)} 更新
          </span>
        </p>
      </div>
      <div className="answer-head-acts">
        <Button onClick={() => setOpen('try')}>试一试</Button>
        {fromAbove && may(viewer, 'knowledge.edit') && (
          <Button onClick={() => void navigate(newAnswerPath({ replaces: id }))}>制作本地答案</Button>
        )}
        {can.disable &&
          (state === 'enabled' ? (
            <Button danger onClick={() => setOpen('disable')}>
              停用
            </Button>
          ) : (
            <Button loading={setState.busy} onClick={() => void setState.act({ id, state: 'enabled', reason: '' })}>
              启用
            </Button>
          ))}
        {can.propose && (
          <Button type="primary" onClick={() => void navigate(editAnswerPath(id))}>
            {fromAbove ? '提出修改' : '修改'}
          </Button>
        )}
      </div>
      {open === 'try' && <TryOut question={question} turn={content.turn} onClose={() => setOpen(null)} />}
      {open === 'disable' && (
        <ReasonDialog
          title={`停用“${question}”？`}
          told="停用后坐席、智能客服和语音都不再使用这条问答，随时可以重新启用。"
          okText="停用"
          done="已停用"
          run={(reason) => client.answers.setState({ id, state: 'disabled', reason })}
          onClose={() => setOpen(null)}
        />
      )}
    </header>
  );
}
