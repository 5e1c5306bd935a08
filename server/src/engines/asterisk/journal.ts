/**
 * Asterisk's own journal (CEL as CSV): when each channel began and when it was hung up, so that nothing is missed of what happened while
 * nobody listened. What began and was never hung up went down with Asterisk.
 */
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The beginning of a channel, or its hang-up. */
export interface JournalLine extends Hangup {
  event: 'start' | 'hangup';
}

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

const EVENTS = { CHAN_START: 'start', HANGUP: 'hangup' } as const;

/**
 * One line: uniqueid, channame, context, exten, caller number, time (epoch seconds with fraction), extra, event (missing in earlier
 * versions: hang-ups only). Null: not such a line.
 */
export function parseLine(line: string): JournalLine | null {
  const fields = [...line.matchAll(/"((?:[^"]|"")*)"|([^,]+)|(?<=,)(?=,)|^(?=,)/g)].map(
    (field) => field[1]?.replaceAll('""', '"') ?? field[2] ?? '',
  );
  const [channelId, , context, exten, callerNumber, time, , name = 'HANGUP'] = fields;
  const seconds = Number(time);
  const event = EVENTS[name as keyof typeof EVENTS];
  if (!event || !channelId || context === undefined || exten === undefined || !Number.isFinite(seconds)) return null;
  const at = new Date(Math.round(seconds * 1000));
  return { event, channelId, context, exten, callerNumber: callerNumber ?? '', at };
}

export interface Journal {
  starts: Map<string, Hangup>;
  hangups: Map<string, Hangup>;
}

/** What is on record, by channel. Missing journal (an Asterisk on another machine): nothing. */
export async function readJournal(folder: string): Promise<Journal> {
  const texts = await Promise.all([OLD_FILE, FILE].map((file) => readFile(join(folder, file), 'utf8').catch(() => '')));
  const journal: Journal = { starts: new Map(), hangups: new Map() };
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    const parsed = parseLine(line);
    if (!parsed) continue;
    const { event, ...entry } = parsed;
    journal[`${event}s`].set(entry.channelId, entry);
  }
  return journal;
}

/**
 * Puts the journal aside, and takes away what was aside before: callers' numbers stand in it in clear, so it is kept no longer than it
 * takes to be sure. Call it now and then, and only while everything in it is in the ledger.
 */
export async function cutJournal(folder: string): Promise<void> {
  const file = join(folder, FILE);
  const info = await stat(file).catch(() => null);
  // Another may have been faster.
  if (info?.size) await rename(file, join(folder, OLD_FILE)).catch(ignoreMissing);
  else await rm(join(folder, OLD_FILE), { force: true });
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
