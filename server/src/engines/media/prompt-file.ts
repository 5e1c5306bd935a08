/** Makes prompts playable: conversion by sox. */
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

/**
 * Writes a prompt in the two forms that Asterisk plays cheapest: `<base>.alaw` (8 kHz, no transcoding on G.711 trunks) and
 * `<base>.wav16` (16 kHz, for Opus browsers), at one loudness.
 */
export async function writePrompt(home: string, source: string, base: string, padding = SHORT): Promise<void> {
  const level = ['gain', '-n', '-4', 'pad', String(padding.before), String(padding.after)];
  const outputs = [
    { args: ['-t', 'al', '-r', '8000', '-c', '1'], file: `${base}.alaw` },
    { args: ['-t', 'wav', '-r', '16000', '-c', '1', '-b', '16', '-e', 'signed-integer'], file: `${base}.wav16` },
  ];
  for (const { args, file } of outputs) {
    const temporary = `${file}.${randomUUID()}.part`;
    await runTool(home, 'sox', ['-G', source, ...args, temporary, ...level]);
    await rename(temporary, file);
  }
}
