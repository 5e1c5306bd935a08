import { Alert, Button } from 'antd';
import { DraftState } from '../drafts/DraftState.tsx';
import { dateTime } from '../platform/format.ts';
import type { Registering } from './useRegistration.ts';

/** Whether what was typed is kept; nothing is said while there is nothing. */
export function Keeping({ registering: { state, stored, save, blank } }: { registering: Registering }) {
  if (blank && stored.revision === 0) return null;
  return <DraftState stored={stored} state={state} save={save} />;
}

/** What an earlier page could not save, or somebody else has saved since: nothing is written over unseen. */
export function KeepingQuestions({ registering }: { registering: Registering }) {
  const { state, left, forget, replace, overwrite, take } = registering;
  if (state.what === 'conflict')
    return (
      <Alert
        type="error"
        showIcon
        title="该登记已在别处修改，本页的内容尚未保存"
        action={
          <>
            <Button size="small" danger onClick={() => void overwrite()}>
              用本页的覆盖
            </Button>{' '}
            <Button size="small" type="primary" onClick={() => take(state.theirs)}>
              载入别处的
            </Button>
          </>
        }
      />
    );
  if (!left) return null;
  const restore = () => {
    replace(left.document);
    forget();
  };
  return (
    <Alert
      type="warning"
      showIcon
      title={`本机有 ${dateTime(left.at)} 未能保存的内容，此后该登记又有修改`}
      action={
        <>
          <Button size="small" onClick={forget}>
            放弃
          </Button>{' '}
          <Button size="small" type="primary" onClick={restore}>
            恢复
          </Button>
        </>
      }
    />
  );
}
