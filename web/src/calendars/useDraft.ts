import type { Calendar } from '@rexian/contracts';
import { useEffect, useState } from 'react';
import { type Draft, draftProblem } from './hours.ts';

/** What is on the screen until it is saved or given up; the page and the browser ask before it is lost. */
export function useDraft(calendar: Calendar, onDirty: (dirty: boolean) => void) {
  const [edited, setEdited] = useState<Draft | null>(null);
  const { name, week, holidays, specialDays } = calendar;
  const draft = edited ?? { name, week, holidays, specialDays };
  const dirty = edited !== null;
  useEffect(() => {
    onDirty(dirty);
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('beforeunload', ask);
      onDirty(false);
    };
  }, [dirty, onDirty]);
  return {
    draft,
    dirty,
    problem: draftProblem(draft),
    change: (changed: Partial<Draft>) => setEdited({ ...draft, ...changed }),
    forget: () => setEdited(null),
  };
}
