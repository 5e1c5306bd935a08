import { Alert, Button, Modal } from 'antd';
import { dateTime } from '../../platform/format.ts';
import type { ArticleDraft } from './useArticleDraft.ts';
import '../../drafts/draft.css';

/** Somebody else has saved since: nothing is written over unseen. */
export function DraftConflict({ draft: { state, overwrite, take } }: { draft: ArticleDraft }) {
  if (state.what !== 'conflict') return null;
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
    <Modal
      open
      title={`有未保存的修改（${dateTime(left.at)}）`}
      mask={{ closable: false }}
      closable={false}
      keyboard={false}
      footer={
        <>
          <Button danger onClick={forget}>
            丢弃
          </Button>
          <Button type="primary" onClick={() => void restore(left.document).then(forget)}>
            恢复修改
          </Button>
        </>
      }
    >
      上次离开时以下修改未能保存到服务器，已保留在本机。
    </Modal>
  );
}
