import { chosenReason, type Desk, type DeskContact, type NextChoice } from '@rexian/contracts';
import { useState } from 'react';
import { client } from '../platform/api.ts';
import { useDesk } from './DeskProvider.tsx';
import { type Draft, dropDraft, loadDraft, saveDraft } from './draft.ts';
import { forcedText } from './NextState.tsx';

/** What Ctrl+Enter does: what was chosen during the call, 示闲 otherwise. */
function plannedNext(next: NonNullable<Desk['session']>['next']): NextChoice {
  if (next?.state === 'signed_out') return { state: 'signed_out' };
  const reason = chosenReason.schema.safeParse(next?.reason);
  return next?.state === 'not_ready' && reason.success
    ? { state: 'not_ready', reason: reason.data }
    : { state: 'ready' };
}

/** The draft of a leg and its change; every change is kept at once. */
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

/** Saving it; `missing` once it was tried without a result. */
function useSubmit(legId: string, draft: Draft) {
  const { act } = useDesk();
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  /** `filled`: what was filled in this very moment. */
  const submit = async (next: NextChoice, filled: Partial<Draft> = {}) => {
    const { result, categoryId, remark } = { ...draft, ...filled };
    if (busy) return;
    if (!result) return setMissing(true);
    setBusy(true);
    const saved = await act((sessionId) => client.desk.wrapUp({ sessionId, legId, result, categoryId, remark, next }));
    if (saved) dropDraft(legId);
    setBusy(false);
  };
  return { submit, busy, missing };
}

/** 小结 of a call: what is written down, and whether and how it can be saved now. */
export function useWrapUp({ legId }: DeskContact) {
  const { desk } = useDesk();
  const [draft, change] = useDraft(legId);
  const saving = useSubmit(legId, draft);
  const session = desk?.session ?? null;
  const next = session?.next ?? null;
  return {
    ...{ draft, change, ...saving },
    canSubmit: session?.can.wrapUp === true,
    planned: plannedNext(next),
    /** Why nothing else can be chosen to come next; null: it can. */
    forced: forcedText(next),
    /** When it began; null: the call isn't over. */
    since: session?.state === 'wrap_up' ? session.since : null,
  };
}
export type WrapUp = ReturnType<typeof useWrapUp>;
