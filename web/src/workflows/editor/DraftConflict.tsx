import { Alert, Button } from 'antd';
import { Behind } from '../../drafts/Behind.tsx';
import { dateTime } from '../../platform/format.ts';
import { readWorkflowOf } from '../workflow.ts';
import type { Draft } from './useDraft.ts';
import '../../drafts/draft.css';

/** Somebody else has saved since: nothing is written over unseen. */
export function DraftConflict({ draft }: { draft: Draft }) {
  const { workflow, page, state, saved, overwrite, take } = draft;
  const { id, revision } = workflow;
  if (state.what !== 'conflict') {
    const load = () => void readWorkflowOf(id).then(take);
    return <Behind feature="workflows" what="流程" {...{ id, page, revision, saved }} onLoad={load} />;
  }
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
