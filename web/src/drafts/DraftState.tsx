import { CheckOutlined, ExclamationCircleFilled, SyncOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { wallNow, wallOf } from '../platform/beijing.ts';
import { errorText } from '../platform/errors.ts';
import type { Drafted, SaveState } from './saver.ts';
import './draft.css';

type Props = {
  stored: Pick<Drafted<unknown>, 'published'>;
  state: SaveState<unknown>;
  save(): Promise<boolean>;
};

/** Whether what is on the screen is kept, in a few words. */
export function DraftState({ stored, state, save }: Props) {
  switch (state.what) {
    case 'saved':
      return (
        <span className="draft-state" role="status">
          <CheckOutlined /> {state.at ? `已保存 ${timeOf(state.at)}` : stored.published ? '与已发布版本相同' : '已保存'}
        </span>
      );
    case 'changed':
    case 'saving':
      return (
        <span className="draft-state" role="status">
          <SyncOutlined spin /> 正在保存…
        </span>
      );
    case 'failed': {
      const why = errorText(state.error);
      return (
        <span className="draft-state" role="status" data-wrong>
          <ExclamationCircleFilled />
          <span className="draft-why" title={why}>
            未保存：{why}
          </span>
          <Button size="small" type="link" onClick={() => void save()}>
            立即重试
          </Button>
        </span>
      );
    }
    case 'conflict':
      return (
        <span className="draft-state" role="status" data-wrong>
          <ExclamationCircleFilled /> 未保存：他人已修改
        </span>
      );
  }
}

/** Time of day today, else the day as well. */
const timeOf = (at: Date): string => wallOf(at).format(wallOf(at).isSame(wallNow(), 'day') ? 'HH:mm' : 'MM-DD HH:mm');
