import { chosenReason, type DeskContact, type NextChoice, wrapUpResult } from '@rexian/contracts';
import { Button, Input, Radio } from 'antd';
import { useRef } from 'react';
import { CategoryField } from './CategoryField.tsx';
import { useDesk } from './DeskProvider.tsx';
import { forcedText } from './NextState.tsx';
import { RestMenu } from './RestMenu.tsx';
import { plannedNext, useDraft, useSubmit } from './useWrapUp.ts';
import { WrapUpClock } from './WrapUpClock.tsx';
import { useFocusAtStart, useResultKeys, useSubmitKey } from './wrapUpKeys.ts';

const REMARK_ID = 'wrap-up-remark';

/** 小结: may be filled in during the talk; kept on this machine until it is saved. */
export function WrapUpForm({ contact }: { contact: DeskContact }) {
  const { desk } = useDesk();
  const [draft, change] = useDraft(contact.legId);
  const form = useSubmit(contact.legId, draft);
  const group = useRef<HTMLDivElement>(null);
  useResultKeys((result) => change({ result }));
  useFocusAtStart(group, contact.legState);
  const session = desk?.session;
  const canSubmit = session?.can.wrapUp === true;
  const planned = plannedNext(session?.next ?? null);
  const forced = forcedText(session?.next ?? null);
  useSubmitKey((signOut) => canSubmit && void form.submit(signOut ? { state: 'signed_out' } : planned));
  return (
    <section className="panel wrap-up" aria-label="小结">
      <h2>
        小结
        {session?.state === 'wrap_up' && <WrapUpClock wrapUp={contact.wrapUp} since={session.since} />}
      </h2>
      <div className="panel-body">
        <div ref={group}>
          <span className="label">
            处理结果 <em>*</em>
          </span>
          <Radio.Group
            className="results"
            value={draft.result}
            onChange={(event) => change({ result: wrapUpResult.schema.parse(event.target.value) })}
          >
            {wrapUpResult.values.map((value, index) => (
              <Radio.Button key={value} value={value}>
                {wrapUpResult.labels[value]} <kbd>{index + 1}</kbd>
              </Radio.Button>
            ))}
          </Radio.Group>
          {form.missing && !draft.result && (
            <p className="field-error" role="alert">
              请选择处理结果（数字键 1–{wrapUpResult.values.length}）
            </p>
          )}
        </div>
        <CategoryField
          value={draft.categoryId}
          onChange={(categoryId) => change({ categoryId })}
          // The remark comes next; the field's clear button in between would cost one more Tab.
          onPicked={() => setTimeout(() => document.getElementById(REMARK_ID)?.focus())}
        />
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
        <SubmitButtons
          disabled={!canSubmit}
          busy={form.busy}
          planned={planned}
          forced={forced !== null}
          onSubmit={(next) => void form.submit(next)}
        />
        <p className="muted hint">{forced ?? (canSubmit ? '\u00a0' : '通话结束后可提交，已填内容自动暂存。')}</p>
      </div>
    </section>
  );
}

type SubmitProps = {
  disabled: boolean;
  busy: boolean;
  planned: NextChoice;
  /** A leader has decided what comes next. */
  forced: boolean;
  onSubmit(next: NextChoice): void;
};

function SubmitButtons({ disabled, busy, planned, forced, onSubmit }: SubmitProps) {
  const other = { size: 'large', disabled: disabled || busy } as const;
  const offers = (state: NextChoice['state']) => !forced && planned.state !== state;
  return (
    <div className="submit">
      <Button
        type="primary"
        size="large"
        disabled={disabled}
        loading={busy}
        onClick={() => onSubmit(planned)}
        aria-keyshortcuts="Control+Enter"
      >
        {forced ? '提交小结' : submitLabel(planned)} <kbd>Ctrl+Enter</kbd>
      </Button>
      {offers('ready') && (
        <Button {...other} onClick={() => onSubmit({ state: 'ready' })}>
          提交并示闲
        </Button>
      )}
      {offers('not_ready') && (
        <RestMenu
          label="提交并示忙"
          size="large"
          disabled={disabled}
          busy={busy}
          onChoose={(reason) => onSubmit({ state: 'not_ready', reason })}
        />
      )}
      {offers('signed_out') && (
        <Button {...other} onClick={() => onSubmit({ state: 'signed_out' })} aria-keyshortcuts="Control+Shift+Enter">
          提交并签出
        </Button>
      )}
    </div>
  );
}

function submitLabel(next: NextChoice): string {
  switch (next.state) {
    case 'ready':
      return '提交并示闲';
    case 'not_ready':
      return `提交并${chosenReason.labels[next.reason]}`;
    case 'signed_out':
      return '提交并签出';
  }
}
