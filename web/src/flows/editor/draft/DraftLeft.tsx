import { LEFT_TOLD, LeftDialog } from '../../../drafts/LeftDialog.tsx';
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
    <LeftDialog
      width="min(1360px, 96vw)"
      centered
      at={left.at}
      onDrop={() => decide('drop')}
      onRestore={() => decide('restore')}
    >
      <p className="draft-told">
        {LEFT_TOLD}
        {since}
      </p>
      <div className="draft-compare">
        <Compare
          unitId={flow.unit.id}
          before={{ title: '当前内容', document: flow.document }}
          after={{ title: '未保存的修改', document: left.document }}
        />
      </div>
    </LeftDialog>
  );
}
