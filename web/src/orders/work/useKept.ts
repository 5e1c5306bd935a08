import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../../platform/api.ts';
import { errorCode } from '../../platform/errors.ts';

export interface Typed {
  opinion: string;
  answer: string;
}
export type Keeping = 'untouched' | 'changed' | 'kept' | 'failed';

const AFTER_MS = 1_000;
const AGAIN_MS = 5_000;

interface Kept {
  typed: Typed;
  type(changed: Partial<Typed>): void;
  keeping: Keeping;
  /** What was typed has been sent on, or is no longer of interest: it isn't kept any more. */
  forget(): void;
}

/** Keeps at the server what is typed into a task: a second after the last key, again while nobody answers, and when the page goes. */
export function useKept(at: { id: string; taskId: string }, first: Typed): Kept {
  const { id, taskId } = at;
  const [typed, setTyped] = useState(first);
  const [keeping, setKeeping] = useState<Keeping>('untouched');
  const now = useRef({ typed: first, kept: first, over: false });
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const keep = useCallback(async () => {
    const { typed: sent, over } = now.current;
    if (over || sent === now.current.kept) return;
    try {
      await client.orderSteps.keepOpinion({ id, taskId, ...sent });
      now.current.kept = sent;
      if (sent === now.current.typed) setKeeping('kept');
    } catch (error) {
      setKeeping('failed');
      // Refused: somebody else has the task now, and the order on the screen follows.
      if (errorCode(error) === null && !now.current.over) timer.current = setTimeout(() => void keep(), AGAIN_MS);
    }
  }, [id, taskId]);

  const type = (changed: Partial<Typed>) => {
    const next = { ...now.current.typed, ...changed };
    now.current.typed = next;
    setTyped(next);
    setKeeping('changed');
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => void keep(), AFTER_MS);
  };
  const forget = useCallback(() => {
    now.current.over = true;
    if (timer.current) clearTimeout(timer.current);
  }, []);
  useEffect(() => {
    const leave = () => void keep();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      if (timer.current) clearTimeout(timer.current);
      leave();
    };
  }, [keep]);
  return { typed, type, keeping, forget };
}
