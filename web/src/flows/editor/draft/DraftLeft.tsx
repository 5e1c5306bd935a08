import { Button, Modal } from 'antd';
import { dateTime } from '../../../platform/format.ts';
import { Compare } from '../../history/Compare.tsx';
import type { Draft } from './useDraft.ts';
import '../../../drafts/draft.css';
import './draft.css';

/** Offers what could not be saved the last time. */
export function DraftLeft({ draft: { flow, left, decide } }: { draft: Draft }) {
  if (!left) return null;
  const since =
    flow.revision === left.revision ? '' : `此后流程又由“${(flow.draft ?? flow.published)?.by ?? '他人'}”修改过。`;
  return (
    <Modal
      open
      width="min(1360px, 96vw)"
      centered
      title={`有未保存的修改（${dateTime(left.at)}）`}
      mask={{ closable: false }}
      closable={false}
      keyboard={false}
      footer={
        <>
          <Button danger onClick={() => decide('drop')}>
            丢弃
          </Button>
          <Button type="primary" onClick={() => decide('restore')}>
            恢复修改
          </Button>
        </>
      }
    >
      <p className="draft-told">上次离开时以下修改未能保存到服务器，已保留在本机。{since}</p>
      <div className="draft-compare">
        <Compare
          unitId={flow.unit.id}
          before={{ title: '当前内容', document: flow.document }}
          after={{ title: '未保存的修改', document: left.document }}
        />
      </div>
    </Modal>
  );
}
