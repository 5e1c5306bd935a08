import { type ChosenReason, chosenReason, type Desk } from '@rexian/contracts';
import { useState } from 'react';
import { client } from '../platform/api.ts';
import { useDesk } from './DeskProvider.tsx';
import { type Draft, dropDraft, loadDraft, saveDraft } from './draft.ts';

export type Next = { state: 'ready' } | { state: 'not_ready'; reason: ChosenReason } | { state: 'signed_out' };

/** What Ctrl+Enter does: what was chosen during the call, 示闲 otherwise. */
export function plannedNext(next: NonNullable<Desk['session']>['next']): Next {
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
  const { act, signOut } = useDesk();
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const submit = async (next: Next) => {
    const { result } = draft;
    if (busy) return;
    if (!result) return setMissing(true);
    setBusy(true);
    const leaving = next.state === 'signed_out';
    const then = leaving ? ({ state: 'not_ready', reason: 'other_work' } as const) : next;
    const saved = await act((sessionId) => client.desk.wrapUp({ sessionId, legId, ...draft, result, next: then }));
    if (saved) dropDraft(legId);
    if (saved && leaving) await signOut();
    setBusy(false);
  };
  return { submit, busy, missing };
}
