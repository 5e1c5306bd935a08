/** How callers would hear a text. */
import type { FlowOptions } from '@rexian/contracts';
import { fillIn, piecesOf } from '@rexian/flows/templates.ts';
import type { Scope } from '@rexian/flows/variables.ts';
import { createContext, use } from 'react';
import { client } from '../../../platform/api.ts';
import type { useListening } from '../../../platform/useListening.ts';
import { joinWavs } from './joinWavs.ts';

type Listening = ReturnType<typeof useListening>;
const ListeningContext = createContext<Listening | null>(null);
export const ListeningProvider = ListeningContext.Provider;

/** One thing at a time is heard in a form. Throws outside of one. */
export function useListeningHere(): Listening {
  const listening = use(ListeningContext);
  if (!listening) throw new Error('useListeningHere outside of a form');
  return listening;
}

/** Text and prompts of the library in their order, variables as `scope` has them. A prompt that isn't there is left out. */
export async function hearText(text: string, prompts: FlowOptions['prompts'], scope: Scope): Promise<Blob> {
  const pieces = piecesOf(fillIn(text, scope)).flatMap((piece) => {
    if ('text' in piece) return [client.prompts.preview({ text: piece.text })];
    const found = prompts.find(({ name }) => name === piece.prompt);
    return found ? [client.prompts.listen({ id: found.id })] : [];
  });
  return joinWavs((await Promise.all(pieces)).map(({ audio }) => audio));
}
