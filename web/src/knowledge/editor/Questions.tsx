import { Alert, Button } from 'antd';
import { Behind } from '../../drafts/Behind.tsx';
import { LEFT_TOLD, LeftDialog } from '../../drafts/LeftDialog.tsx';
import { dateTime } from '../../platform/format.ts';
import { useGoing } from '../useGoing.ts';
import { readOpened } from './opened.ts';
import type { ArticleDraft } from './useArticleDraft.ts';
import '../../drafts/draft.css';

/** Somebody else has saved since: nothing is written over unseen. */
export function DraftConflict({ draft }: { draft: ArticleDraft }) {
  const { page, stored, state, saved, overwrite, take } = draft;
  const going = useGoing();
  const { id, revision } = stored;
  if (state.what !== 'conflict') {
    // Where nothing is written any more there is something to be read.
    const load = () => void readOpened(id).then(take, () => going.toArticle(id));
    return <Behind feature="knowledge" what="知识" {...{ id, page, revision, saved }} onLoad={load} />;
  }
  const { theirs } = state;
  const by = theirs.draft;
  return (
    <Alert
      type="error"
      showIcon
      title={`${by ? `“${by.by}”已于 ${dateTime(by.at)} 修改此知识` : '此知识已被他人修改'}，你的修改尚未保存`}
      action={
        <>
          <Button size="small" danger onClick={() => void overwrite()}>
            用我的版本覆盖
          </Button>{' '}
          <Button size="small" type="primary" onClick={() => take(theirs)}>
            载入对方的版本
          </Button>
        </>
      }
    />
  );
}

/** Offers what could not be saved the last time. */
export function DraftLeft({ draft: { left, restore, forget } }: { draft: ArticleDraft }) {
  if (!left) return null;
  return (
    <LeftDialog at={left.at} onDrop={forget} onRestore={() => void restore(left.document).then(forget)}>
      {LEFT_TOLD}
    </LeftDialog>
  );
}
