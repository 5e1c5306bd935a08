import { chosenReason, type Desk, type NextChoice } from '@rexian/contracts';
import { useState } from 'react';
import { client } from '../platform/api.ts';
import { useDesk } from './DeskProvider.tsx';
import { type Draft, dropDraft, loadDraft, saveDraft } from './draft.ts';

/** What Ctrl+Enter does: what was chosen during the call, 示闲 otherwise. */
export function plannedNext(next: NonNullable<Desk['session']>['next']): NextChoice {
  if (next?.state === 'signed_out') return { state: 'signed_out' };
  const reason = chosenReason.schema.safeParse(next?.reason);
  return next?.state === 'not_ready' && reason.success
    ? { state: 'not_ready', reason: reason.data }
    : { state: 'ready' };
}

/** The draft of a leg and its change; every change is kept at once. */
export function useDraft(legId: string): [Draft, (change: Partial<Draft>) => void] {
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
export function useSubmit(legId: string, draft: Draft) {
  const { act } = useDesk();
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const submit = async (next: NextChoice) => {
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
