import { useSyncExternalStore } from 'react';

const reduced = matchMedia('(prefers-reduced-motion: reduce)');

function subscribe(changed: () => void): () => void {
  reduced.addEventListener('change', changed);
  return () => reduced.removeEventListener('change', changed);
}

/** Whether things may slide and fade: unless the machine's user has asked them not to. */
export const useMotion = (): boolean => useSyncExternalStore(subscribe, () => !reduced.matches);
