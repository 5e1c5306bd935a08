import type { ReactNode } from 'react';
import type { Tone } from './status.ts';

/** A state as a coloured dot with its word: colour is never the only sign. */
export function Tag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="tag" data-tone={tone}>
      {children}
    </span>
  );
}
