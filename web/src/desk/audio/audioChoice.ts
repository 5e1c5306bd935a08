import type { AudioChoice } from '@rexian/softphone';
import { z } from 'zod';
import { Store } from '../../platform/store.ts';

const STORAGE_KEY = 'rexian.audio';
const schema = z.object({ microphone: z.string().nullable(), speaker: z.string().nullable() });

function load(): AudioChoice {
  try {
    return schema.parse(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? ''));
  } catch {
    return { microphone: null, speaker: null };
  }
}

/** Microphone and speaker of this machine, kept for the next shift. */
export const audioChoice = new Store<AudioChoice>(load());

export function chooseAudio(change: Partial<AudioChoice>): void {
  const choice = { ...audioChoice.get(), ...change };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(choice));
  } catch {
    // Without storage it holds until the page is closed.
  }
  audioChoice.set(choice);
}
