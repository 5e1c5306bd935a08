/**
 * Asterisk's own journal of hang-ups (CEL, HANGUP events as CSV): what happened while nobody listened. Only read after a gap.
 */
import { readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

export interface Hangup {
  channelId: string;
  context: string;
  exten: string;
  callerNumber: string;
  at: Date;
}

const FILE = 'hangups.csv';
/** The journal is cut once it has been read and is larger than this. */
const CUT_BYTES = 1_000_000;

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
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => '');
  const hangups = text.split('\n').flatMap((line) => parseHangup(line) ?? []);
  return new Map(hangups.map((hangup) => [hangup.channelId, hangup]));
}

/** Throws the journal away when it has grown large; call it only after everything in it is in the ledger. */
export async function cutJournal(folder: string): Promise<void> {
  const file = join(folder, FILE);
  const size = await stat(file).then(
    (info) => info.size,
    () => 0,
  );
  if (size < CUT_BYTES) return;
  await rename(file, `${file}.old`);
  await unlink(`${file}.old`);
}
