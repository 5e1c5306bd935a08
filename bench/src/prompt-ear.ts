/** Knows prompts by their sound: Asterisk sends the bytes of an A-law file as they are, so a packet tells which file it is of, and where in it. */
import { readFile } from 'node:fs/promises';
import { SAMPLES } from './rtp.ts';

export interface Frame {
  prompt: string;
  /** Packets of this prompt before it. */
  index: number;
}

export class PromptEar {
  readonly #frames = new Map<string, Frame>();

  /** `prompts`: names with their A-law files. Packets that are in two places tell nothing. */
  static async of(prompts: ReadonlyMap<string, string>): Promise<PromptEar> {
    const ear = new PromptEar();
    const ambiguous = new Set<string>();
    for (const [prompt, file] of prompts) {
      const sound = await readFile(file);
      for (let index = 0; (index + 1) * SAMPLES <= sound.length; index += 1) {
        const bytes = sound.subarray(index * SAMPLES, (index + 1) * SAMPLES).toString('latin1');
        if (ear.#frames.has(bytes)) ambiguous.add(bytes);
        else ear.#frames.set(bytes, { prompt, index });
      }
    }
    for (const bytes of ambiguous) ear.#frames.delete(bytes);
    return ear;
  }

  hear(payload: Buffer): Frame | undefined {
    return this.#frames.get(payload.toString('latin1'));
  }
}
