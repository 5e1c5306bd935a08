/** Makes prompts playable: conversion by sox. */
import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { runTool } from './run.ts';

/**
 * Writes a prompt in the two forms that Asterisk plays cheapest: `<base>.alaw` (8 kHz, no transcoding on G.711 trunks) and
 * `<base>.wav16` (16 kHz, for Opus browsers), at one loudness.
 */
export async function writePrompt(home: string, source: string, base: string): Promise<void> {
  const level = ['gain', '-n', '-4', 'pad', '0.05', '0.05'];
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
