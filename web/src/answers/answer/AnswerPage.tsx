import type { Answer } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Result, Spin } from 'antd';
import { Link } from 'react-router';
import { api } from '../../platform/api.ts';
import { errorCode, errorText } from '../../platform/errors.ts';
import { Failed } from '../../platform/Failed.tsx';
import { dateMinute } from '../../platform/format.ts';
import { useTitle } from '../../platform/useTitle.ts';
import { proposalPath } from '../paths.ts';
import { Content } from './Content.tsx';
import { Head } from './Head.tsx';
import { Versions } from './Versions.tsx';

/** One answer: what it says, and for those who write what it said before and what waits. */
export function AnswerPage({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useQuery(api.answers.get.queryOptions({ input: { id } }));
  useTitle(data?.question ?? '问答');
  if (isPending) return <Spin className="page-spin" />;
  if (data) return <Shown answer={data} />;
  if (errorCode(error) === 'NOT_FOUND') return <Result status="404" title={errorText(error)} />;
  return <Failed error={error} retry={refetch} />;
}

function Shown({ answer }: { answer: Answer }) {
  const { versions, pending, disabledReason, state } = answer;
  return (
    <article className="answer-page" data-version={answer.version}>
      <Head answer={answer} />
      {state === 'disabled' && (
        <Alert type="warning" showIcon title={`已停用${disabledReason && `：${disabledReason}`}`} />
      )}
      {pending.map(({ id, from, by, at }) => (
        <Alert
          key={id}
          type="info"
          showIcon
          title={`${from.name} ${by} 于 ${dateMinute(at)} 提交的修改待审核`}
          action={<Link to={proposalPath('review', id)}>查看</Link>}
        />
      ))}
      <div className={versions.length > 0 ? 'answer-columns' : ''}>
        <Content answer={answer} />
        {versions.length > 0 && <Versions key={answer.version} answer={answer} />}
      </div>
    </article>
  );
}
