import { Input } from 'antd';
import type { RefObject } from 'react';
import { ResultField } from '../desk/ResultField.tsx';
import type { WrapUp } from '../desk/useWrapUp.ts';

type Props = { wrapUp: WrapUp; group: RefObject<HTMLDivElement | null> };

/** 小结 in one line: what is registered fills it, and it serves calls that nothing is registered of. */
export function WrapUpLine({ wrapUp: { draft, change, missing }, group }: Props) {
  return (
    <div className="wrap-up-line">
      <ResultField group={group} value={draft.result} missing={missing} onChange={(result) => change({ result })} />
      <Input.TextArea
        id="wrap-up-remark"
        aria-label="小结备注"
        value={draft.remark}
        onChange={({ target }) => change({ remark: target.value })}
        maxLength={2_000}
        autoSize={{ minRows: 1, maxRows: 4 }}
        placeholder="小结备注，登记工单时自动填写"
      />
    </div>
  );
}
