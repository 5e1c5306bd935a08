import { useCallback, useEffect, useMemo, useState } from 'react';
import { useViewer } from '../../auth/viewer.ts';
import { Copies } from '../../drafts/copies.ts';
import { newUuid } from '../../platform/newUuid.ts';
import { type AnswerDraft, answerDraft, faultsOf } from './draft.ts';

/** What the editor opens with. */
export interface Beginning {
  /** Names what is written in this browser: the answer's id, or how a new one begins. */
  id: string;
  draft: AnswerDraft;
  /** The version that is changed; 0: a new answer. */
  base: number;
}

const KEEP_AFTER_MS = 400;

/** The answer that is written; what isn't sent in stays in this browser, over reloads too. */
export function useAnswerDraft({ id, draft: first, base }: Beginning) {
  const { id: person } = useViewer();
  const [{ copies, left }] = useState(() => {
    const copies = new Copies(localStorage, { person, kind: 'answer', id, page: newUuid() }, answerDraft);
    const found = copies.left();
    // What was written of an older version would be refused after all: it isn't gone on with.
    return { copies, left: found?.revision === base ? found : null };
  });
  const [draft, setDraft] = useState(left?.document ?? first);
  const [restored, setRestored] = useState(left?.at ?? null);
  const changed = draft !== first;
  const keep = useCallback(() => {
    if (changed) copies.keep({ document: draft, revision: base, at: new Date() });
  }, [copies, draft, base, changed]);
  useEffect(() => {
    const timer = setTimeout(keep, KEEP_AFTER_MS);
    addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', keep);
    };
  }, [keep]);
  const forget = useCallback(() => {
    copies.forget();
    copies.drop();
  }, [copies]);
  const change = useCallback((changes: Partial<AnswerDraft>) => setDraft((before) => ({ ...before, ...changes })), []);
  const faults = useMemo(() => faultsOf(draft), [draft]);
  return {
    ...{ draft, change, faults, changed, forget },
    /** When it was written that was found in this browser; null: nothing was. */
    restored,
    beginAgain: () => {
      forget();
      setDraft(first);
      setRestored(null);
    },
  };
}
export type Writing = ReturnType<typeof useAnswerDraft>;
