import type { DeskContact } from '@rexian/contracts';
import { Input } from 'antd';
import { useRef } from 'react';
import { CategoryPicker } from '../categories/CategoryPicker.tsx';
import { ResultField } from './ResultField.tsx';
import { SubmitButtons } from './SubmitButtons.tsx';
import { useWrapUp } from './useWrapUp.ts';
import { WrapUpClock } from './WrapUpClock.tsx';
import { useFocusAtStart, useSubmitKey } from './wrapUpKeys.ts';

const CATEGORY_ID = 'wrap-up-category';
const REMARK_ID = 'wrap-up-remark';

/** 小结: may be filled in during the talk; kept on this machine until it is saved. */
export function WrapUpForm({ contact }: { contact: DeskContact }) {
  const wrapUp = useWrapUp(contact);
  const { draft, change, submit, canSubmit, planned, forced, since } = wrapUp;
  const group = useRef<HTMLDivElement>(null);
  useFocusAtStart(group, contact.legState);
  useSubmitKey((signOut) => canSubmit && void submit(signOut ? { state: 'signed_out' } : planned));
  return (
    <section className="panel wrap-up" aria-label="小结">
      <h2>
        小结
        {since && <WrapUpClock wrapUp={contact.wrapUp} since={since} />}
      </h2>
      <div className="panel-body">
        <ResultField
          group={group}
          value={draft.result}
          missing={wrapUp.missing}
          onChange={(result) => change({ result })}
        />
        <div>
          <label className="label" htmlFor={CATEGORY_ID}>
            业务类别
          </label>
          <CategoryPicker
            id={CATEGORY_ID}
            value={draft.categoryId}
            onChange={(categoryId) => change({ categoryId })}
            // The remark comes next; the field's clear button in between would cost one more Tab.
            onPicked={() => setTimeout(() => document.getElementById(REMARK_ID)?.focus())}
          />
        </div>
        <div className="remark">
          <label className="label" htmlFor={REMARK_ID}>
            备注
          </label>
          <Input.TextArea
            id={REMARK_ID}
            value={draft.remark}
            onChange={(event) => change({ remark: event.target.value })}
            maxLength={2000}
            showCount
            autoSize={{ minRows: 6, maxRows: 14 }}
            placeholder="来电诉求、答复要点"
          />
        </div>
        <SubmitButtons wrapUp={wrapUp} />
        <p className="muted hint">{forced ?? (canSubmit ? '\u00a0' : '通话结束后可提交，已填内容自动暂存。')}</p>
      </div>
    </section>
  );
}
