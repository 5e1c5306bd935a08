/**
 * Asterisk's own journal of hang-ups (CEL, HANGUP events as CSV): what happened while nobody listened. Only read after a gap.
 */
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface Hangup {
  channelId: string;
  context: string;
  exten: string;
  callerNumber: string;
  at: Date;
}

const FILE = 'hangups.csv';
/** What was cut off last; still read, so that a crash just after a cut loses nothing. */
const OLD_FILE = 'hangups.old.csv';

/** One line: uniqueid, channame, context, exten, caller number, time (epoch seconds with fraction). Null: not such a line. */
export function parseHangup(line: string): Hangup | null {
  const fields = [...line.matchAll(/"((?:[^"]|"")*)"|([^,]+)|(?<=,)(?=,)|^(?=,)/g)].map(
    (field) => field[1]?.replaceAll('""', '"') ?? field[2] ?? '',
  );
  const [channelId, , context, exten, callerNumber, time] = fields;
  const seconds = Number(time);
  if (!channelId || context === undefined || exten === undefined || !Number.isFinite(seconds)) return null;
  return { channelId, context, exten, callerNumber: callerNumber ?? '', at: new Date(Math.round(seconds * 1000)) };
}

/** The hang-ups on record, by channel. Missing journal (an Asterisk on another machine): none. */
export async function readHangups(folder: string): Promise<Map<string, Hangup>> {
  const texts = await Promise.all([OLD_FILE, FILE].map((file) => readFile(join(folder, file), 'utf8').catch(() => '')));
  const hangups = texts.flatMap((text) => text.split('\n')).flatMap((line) => parseHangup(line) ?? []);
  return new Map(hangups.map((hangup) => [hangup.channelId, hangup]));
}

/**
 * Puts the journal aside, and takes away what was aside before: callers' numbers stand in it in clear, so it is kept no longer than it
 * takes to be sure. Call it now and then, and only while everything in it is in the ledger.
 */
export async function cutJournal(folder: string): Promise<void> {
  const file = join(folder, FILE);
  const info = await stat(file).catch(() => null);
  if (info?.size) await rename(file, join(folder, OLD_FILE));
  else await rm(join(folder, OLD_FILE), { force: true });
}
