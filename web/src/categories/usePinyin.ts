import { useState } from 'react';
import type { PinyinMatch } from './choices.ts';

/** Loaded with the first field that gets the focus; until then names are searched as written. */
export function usePinyin() {
  const [matches, setMatches] = useState<PinyinMatch | null>(null);
  const load = () => {
    if (matches) return;
    // Without it the search goes on by names: nothing to tell.
    import('./pinyin.ts').then(({ matchesPinyin }) => setMatches(() => matchesPinyin)).catch(() => undefined);
  };
  return { matches, load };
}
