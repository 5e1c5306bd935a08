/** Makes prompts playable: conversion by sox, at one loudness. */
import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { runTool } from './run.ts';

/** Seconds of silence before and after what is spoken. */
export interface Padding {
  before: number;
  after: number;
}

/** Just enough that no telephone swallows a syllable. */
const SHORT: Padding = { before: 0.05, after: 0.05 };
/** Effective level of speech without its pauses, in dB below full scale: what a telephone carries without distortion. */
const SPEECH_LEVEL = -20;
/** Nothing is louder, in the same measure: a limiter holds peaks below it. */
const PEAK_LEVEL = -1;

/**
 * sox effects that bring a spoken file to the level of all others: RMS of what is louder than its pauses (the gate of EBU R 128, without the
 * weighting of frequencies, which the telephone's band makes small), peaks limited.
 */
export async function levelling(home: string, source: string): Promise<string[]> {
  // Measured at full scale, so that the gate means the same for what was recorded softly.
  const full = ['gain', '-n'];
  const withoutPauses = ['silence', '1', '0.05', '-45d', '-1', '0.2', '-45d'];
  const { stderr } = await runTool(home, 'sox', [source, '-n', ...full, ...withoutPauses, 'stats']);
  const measured = Number(/^RMS lev dB\s+(-?[\d.]+)/m.exec(stderr)?.[1] ?? Number.NaN);
  // Nothing above the gate: as loud as it can be.
  if (Number.isNaN(measured)) return [...full, 'gain', String(PEAK_LEVEL)];
  return [...full, 'gain', '-l', (SPEECH_LEVEL - PEAK_LEVEL - measured).toFixed(2), 'gain', String(PEAK_LEVEL)];
}

/**
 * Writes a prompt in the two forms that Asterisk plays cheapest: `<base>.alaw` (8 kHz, no transcoding on G.711 trunks) and
 * `<base>.wav16` (16 kHz, for Opus browsers). `level`: sox effects; left out: those of speech.
 */
export async function writePrompt(
  home: string,
  source: string,
  base: string,
  { padding = SHORT, level }: { padding?: Padding; level?: string[] } = {},
): Promise<void> {
  const effects = [...(level ?? (await levelling(home, source))), 'pad', String(padding.before), String(padding.after)];
  const outputs = [
    { args: ['-t', 'al', '-r', '8000', '-c', '1'], file: `${base}.alaw` },
    { args: ['-t', 'wav', '-r', '16000', '-c', '1', '-b', '16', '-e', 'signed-integer'], file: `${base}.wav16` },
  ];
  for (const { args, file } of outputs) {
    const temporary = `${file}.${randomUUID()}.part`;
    await runTool(home, 'sox', ['-G', source, ...args, temporary, ...effects]);
    await rename(temporary, file);
  }
}
