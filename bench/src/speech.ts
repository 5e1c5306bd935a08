/** What callers and agents of a bench say: real speech with a quiet pilot tone below it that tells the two sides apart. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '@rexian/server/engines/media/run.ts';
import { AGENT_SENTENCES, CALLER_SENTENCES, Sounds } from '@rexian/simulate';
import { rtpPcap } from './rtp-pcap.ts';

/** Frequencies of the pilot tones in Hz. */
export const PILOT = { caller: 600, agent: 1_500 } as const;
export type Side = keyof typeof PILOT;

const SENTENCES = { caller: CALLER_SENTENCES, agent: AGENT_SENTENCES } as const;
/** Length of each side's speech. */
export const SPEECH_MS = 60_000;

/** Makes one minute of a side's speech as raw A-law; returns its path. */
export async function makeSpeech(home: string, folder: string, side: Side): Promise<string> {
  const sounds = new Sounds(home, join(home, 'simulator/sounds'));
  const raw = ['-t', 'al', '-r', '8000', '-c', '1'];
  const parts: string[] = [];
  for (const text of SENTENCES[side]) parts.push(...raw, `${(await sounds.speech(text, side)).path}.alaw`);
  const spoken = join(folder, `${side}-spoken.wav`);
  await runTool(home, 'sox', [...parts, spoken, 'repeat', '3', 'trim', '0', String(SPEECH_MS / 1000), 'vol', '0.8']);
  const tone = join(folder, `${side}-tone.wav`);
  const synth = ['synth', String(SPEECH_MS / 1000), 'sine', String(PILOT[side]), 'vol', '0.06'];
  await runTool(home, 'sox', ['-n', '-r', '8000', '-c', '1', tone, ...synth]);
  const mixed = join(folder, `${side}.alaw`);
  await runTool(home, 'sox', ['-m', '-v', '1', spoken, '-v', '1', tone, ...raw, mixed]);
  return mixed;
}

/** The same as the pcap file that SIPp plays; a caller presses `key` at `atMs`. */
export async function makePcap(
  home: string,
  folder: string,
  side: Side,
  digits: readonly { key: string; atMs: number }[],
): Promise<void> {
  const audio = readFileSync(await makeSpeech(home, folder, side));
  writeFileSync(join(folder, `${side}.pcap`), rtpPcap({ audio, digits, ssrc: side === 'caller' ? 0x1001 : 0x2002 }));
}
