import { type ChosenReason, chosenReason, type DeskContact, wrapUpResult } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Input, Radio, Select } from 'antd';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { api, client } from '../platform/api.ts';
import { Elapsed } from '../platform/clock.tsx';
import { type CategoryGroup, type CategoryOption, categoryOptions } from './categoryOptions.ts';
import { useDesk } from './DeskProvider.tsx';
import { type Draft, dropDraft, loadDraft, saveDraft } from './draft.ts';

type Next = { state: 'ready' } | { state: 'not_ready'; reason: ChosenReason };

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
  useSubmitKey(() => canSubmit && void form.submit({ state: 'ready' }));
  return (
    <section className="panel wrap-up" aria-label="小结">
      <h2>
        小结
        {session?.state === 'wrap_up' && (
          <small className="num">
            已用 <Elapsed since={session.since} />
          </small>
        )}
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
        <CategoryField value={draft.categoryId} onChange={(categoryId) => change({ categoryId })} />
        <div className="remark">
          <label className="label" htmlFor="wrap-up-remark">
            备注
          </label>
          <Input.TextArea
            id="wrap-up-remark"
            value={draft.remark}
            onChange={(event) => change({ remark: event.target.value })}
            maxLength={2000}
            showCount
            autoSize={{ minRows: 6, maxRows: 14 }}
            placeholder="来电诉求、答复要点"
          />
        </div>
        <SubmitButtons disabled={!canSubmit} busy={form.busy} onSubmit={(next) => void form.submit(next)} />
        {!canSubmit && <p className="muted hint">通话结束后可提交，已填内容自动暂存。</p>}
      </div>
    </section>
  );
}

/** A leaf matches by its whole path; a group only through its leaves. */
function matches(text: string, option: CategoryOption | CategoryGroup | undefined): boolean {
  return option !== undefined && 'path' in option && option.path.toLowerCase().includes(text.toLowerCase());
}

function CategoryField({ value, onChange }: { value: string | null; onChange(value: string | null): void }) {
  const { data, isPending } = useQuery(api.desk.categories.queryOptions({ staleTime: 300_000 }));
  const groups = useMemo(() => categoryOptions(data ?? []), [data]);
  const paths = useMemo(
    () => new Map(groups.flatMap((group) => group.options.map((o) => [o.value, o.path]))),
    [groups],
  );
  return (
    <div>
      <label className="label" htmlFor="wrap-up-category">
        业务类别
      </label>
      <Select<string, CategoryOption | CategoryGroup>
        id="wrap-up-category"
        className="full"
        showSearch={{ filterOption: matches }}
        allowClear
        loading={isPending}
        options={groups}
        labelRender={({ value: chosen }) => paths.get(String(chosen)) ?? '已停用的类别'}
        value={value}
        onChange={(next) => onChange(next ?? null)}
        placeholder="选择或搜索类别"
        listHeight={320}
      />
    </div>
  );
}

type SubmitProps = { disabled: boolean; busy: boolean; onSubmit(next: Next): void };

function SubmitButtons({ disabled, busy, onSubmit }: SubmitProps) {
  return (
    <div className="submit">
      <Button
        type="primary"
        size="large"
        disabled={disabled}
        loading={busy}
        onClick={() => onSubmit({ state: 'ready' })}
        aria-keyshortcuts="Control+Enter"
      >
        提交并示闲 <kbd>Ctrl+Enter</kbd>
      </Button>
      <Dropdown
        trigger={['click']}
        disabled={disabled || busy}
        menu={{
          items: chosenReason.values.map((key) => ({ key, label: chosenReason.labels[key] })),
          onClick: ({ key }) => onSubmit({ state: 'not_ready', reason: chosenReason.schema.parse(key) }),
        }}
      >
        <Button size="large">提交并示忙</Button>
      </Dropdown>
    </div>
  );
}

function useDraft(legId: string): [Draft, (change: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(() => loadDraft(legId));
  const change = (part: Partial<Draft>) =>
    setDraft((before) => {
      const after = { ...before, ...part };
      saveDraft(legId, after);
      return after;
    });
  return [draft, change];
}

function useSubmit(legId: string, draft: Draft) {
  const { act } = useDesk();
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const submit = async (next: Next) => {
    const { result } = draft;
    if (busy) return;
    if (!result) return setMissing(true);
    setBusy(true);
    const saved = await act((sessionId) => client.desk.wrapUp({ sessionId, legId, ...draft, result, next }));
    if (saved) dropDraft(legId);
    setBusy(false);
  };
  return { submit, busy, missing };
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && target.type !== 'radio') ||
  (target instanceof HTMLElement && target.isContentEditable);

/** Number keys choose the result, unless the cursor is in a text. */
function useResultKeys(choose: (result: (typeof wrapUpResult.values)[number]) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
      const result = wrapUpResult.values[Number(event.key) - 1];
      if (result) choose(result);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}

/** Ctrl+Enter submits from anywhere on the page. */
function useSubmitKey(submit: () => unknown): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !event.ctrlKey) return;
      // Before the fields see it: an open list would take the Enter for itself.
      event.preventDefault();
      event.stopPropagation();
      submit();
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  });
}

/** When the talk starts or ends, the keyboard is in the form, unless the agent is typing somewhere. */
function useFocusAtStart(group: RefObject<HTMLDivElement | null>, legState: DeskContact['legState']): void {
  useEffect(() => {
    if (legState !== 'talking' && legState !== 'ended') return;
    if (typing(document.activeElement)) return;
    group.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus({ preventScroll: true });
  }, [legState, group]);
}
