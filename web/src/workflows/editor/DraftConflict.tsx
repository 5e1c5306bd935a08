import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { api } from '../../platform/api.ts';
import { dateTime } from '../../platform/format.ts';
import { readWorkflowOf } from '../workflow.ts';
import type { Draft } from './useDraft.ts';
import '../../drafts/draft.css';

/** Somebody else has saved since: nothing is written over unseen. */
export function DraftConflict({ draft }: { draft: Draft }) {
  const { state, overwrite, take } = draft;
  if (state.what !== 'conflict') return <Behind draft={draft} />;
  const { theirs } = state;
  const by = theirs.draft ?? theirs.published;
  return (
    <Alert
      className="draft-banner"
      type="error"
      showIcon
      title={`${by ? `“${by.by}”已于 ${dateTime(by.at)} 修改此流程` : '此流程已被他人修改'}，你的修改尚未保存`}
      action={
        <>
          <Button size="small" danger onClick={() => void overwrite()}>
            用我的版本覆盖
          </Button>{' '}
          <Button size="small" type="primary" onClick={() => void take(theirs)}>
            载入对方的版本
          </Button>
        </>
      }
    />
  );
}

/** Somebody else has saved, while here is nothing to be saved. */
function Behind({ draft: { workflow, page, saved, take } }: { draft: Draft }) {
  const { id, revision } = workflow;
  // What `Presence` asks for.
  const { data } = useQuery({
    ...api.workflows.presence.queryOptions({ input: { id, client: page } }),
    enabled: false,
  });
  if (!saved || !data || data.revision <= revision) return null;
  return (
    <Alert
      className="draft-banner"
      type="warning"
      showIcon
      title={data.draftBy ? `“${data.draftBy}”已保存新内容` : '流程已有新内容'}
      action={
        <Button size="small" type="primary" onClick={() => void readWorkflowOf(id).then(take)}>
          载入
        </Button>
      }
    />
  );
}
