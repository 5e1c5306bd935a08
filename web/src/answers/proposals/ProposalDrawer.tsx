import { type Answer, type Proposal, proposalState } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Spin } from 'antd';
import { Link } from 'react-router';
import { api } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { fullDateMinute } from '../../platform/format.ts';
import { PageDrawer } from '../../platform/PageDrawer.tsx';
import { Tag } from '../../platform/Tag.tsx';
import { Difference } from '../difference/Difference.tsx';
import { answerPath } from '../paths.ts';
import { TurnTree } from '../turn/TurnTree.tsx';
import { proposalTone } from '../words.ts';
import { ProposalActs } from './ProposalActs.tsx';
import { ProposedContent } from './ProposedContent.tsx';

type Props = { proposal: Proposal; onClose(): void };

/** What is proposed, against what holds now, and the word on it. */
export function ProposalDrawer({ proposal, onClose }: Props) {
  const { answer, content, unit, from, by, at, note, state, reason, decidedBy, decidedAt } = proposal;
  return (
    <PageDrawer
      open
      title={`${answer ? '修改问答' : '新增问答'}：${content.question}`}
      size="min(860px, 92vw)"
      className="proposal"
      onClose={onClose}
      footer={<ProposalActs proposal={proposal} onDone={onClose} />}
    >
      <p className="proposal-facts">
        <Tag tone={proposalTone[state]}>{proposalState.labels[state]}</Tag>
        <span>
          {from.name} {by} 于 {fullDateMinute(at)} 提交
        </span>
        <span>归属：{unit.name}</span>
        {answer && <Link to={answerPath(answer.id)}>查看现行问答</Link>}
      </p>
      {note && <Alert type="info" title={`提交说明：${note}`} />}
      {decidedAt && state === 'returned' && (
        <Alert
          type="warning"
          showIcon
          title={`退回原因：${reason}`}
          description={`${decidedBy ?? ''} ${fullDateMinute(decidedAt)}`}
        />
      )}
      {answer && state === 'pending' ? (
        <Against proposal={proposal} id={answer.id} />
      ) : (
        <ProposedContent proposal={proposal} />
      )}
    </PageDrawer>
  );
}

/** Field by field against the answer as it is now. */
function Against({ proposal, id }: { proposal: Proposal; id: string }) {
  const { data, error, isLoadingError, refetch } = useQuery(api.answers.get.queryOptions({ input: { id } }));
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  if (!data) return <Spin />;
  return (
    <>
      <Outdated proposal={proposal} answer={data} />
      <h3>与现行版本 {data.version} 相比</h3>
      <Difference before={data.content} after={proposal.content} />
      <h3>修改后的答案</h3>
      <TurnTree turn={proposal.content.turn} />
    </>
  );
}

function Outdated({ proposal: { base }, answer: { version } }: { proposal: Proposal; answer: Answer }) {
  if (base === null || base === version) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={`此修改写于版本 ${base}，现行已是版本 ${version}，不能采纳；请退回，由提交人按现行版本修改。`}
    />
  );
}
