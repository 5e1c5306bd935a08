import type { Answer, Proposal } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Result, Spin } from 'antd';
import { useSearchParams } from 'react-router';
import { api } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { useTitle } from '../../platform/useTitle.ts';
import { useOwnUnit } from '../places.ts';
import { draftOf, emptyDraft } from './draft.ts';
import { Editor } from './Editor.tsx';

/** It is read once: what changes meanwhile is told when it is sent in. */
const once = { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnReconnect: false } as const;

export function ChangeAnswerPage({ id }: { id: string }) {
  useTitle('修改问答');
  const { data, error, isLoadingError, refetch } = useQuery(api.answers.get.queryOptions({ input: { id }, ...once }));
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  return data ? <Changing answer={data} /> : <Spin className="page-spin" />;
}

function Changing({ answer }: { answer: Answer }) {
  const { id, version, unit, content } = answer;
  return <Editor answer={answer} beginning={{ id, draft: draftOf(unit.id, content), base: version }} />;
}

/** A new answer: empty, of a question that was not found, in place of one from above, or from a proposal of before. */
export function NewAnswerPage() {
  useTitle('新增问答');
  const unit = useOwnUnit();
  const [query] = useSearchParams();
  const [from, replaces, question] = ['from', 'replaces', 'question'].map((name) => query.get(name));
  if (from) return <FromProposal id={from} />;
  if (replaces) return <InPlaceOf id={replaces} />;
  const id = question ? `new ${question}` : 'new';
  return <Editor answer={null} beginning={{ id, draft: emptyDraft(unit.id, question ?? ''), base: 0 }} />;
}

function InPlaceOf({ id }: { id: string }) {
  const unit = useOwnUnit();
  const { data, error, isLoadingError, refetch } = useQuery(api.answers.get.queryOptions({ input: { id }, ...once }));
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  if (!data) return <Spin className="page-spin" />;
  const draft = { ...draftOf(unit.id, data.content), sharing: 'subtree' as const, replacesId: id };
  return <Editor answer={null} beginning={{ id: `instead ${id}`, draft, base: 0 }} />;
}

function FromProposal({ id }: { id: string }) {
  const { data, error, isLoadingError, refetch } = useQuery(
    api.answers.proposal.queryOptions({ input: { id }, ...once }),
  );
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  if (!data) return <Spin className="page-spin" />;
  if (!data.can.again) return <Result status="404" title="该提交不能再次提交" />;
  return data.answer ? (
    <OfAnswer proposal={data} answerId={data.answer.id} />
  ) : (
    <Editor answer={null} proposal={data} beginning={again(data, 0)} />
  );
}

/** Written against the version that holds now. */
function OfAnswer({ proposal, answerId }: { proposal: Proposal; answerId: string }) {
  const { data, error, isLoadingError, refetch } = useQuery(
    api.answers.get.queryOptions({ input: { id: answerId }, ...once }),
  );
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  if (!data) return <Spin className="page-spin" />;
  return <Editor answer={data} proposal={proposal} beginning={again(proposal, data.version)} />;
}

const again = ({ id, unit, content, note }: Proposal, base: number) => ({
  ...{ id: `again ${id}`, base },
  draft: { ...draftOf(unit.id, content), note },
});
