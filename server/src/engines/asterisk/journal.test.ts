import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cutJournal, parseLine, readJournal } from './journal.ts';

const line = (id: string) =>
  `"${id}","PJSIP/trunk-00000000","rexian-inbound","12366","13800138001","1795325131.513734","{""hangupcause"":16}"\n`;

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'rexian-journal-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

const hangupsIn = async (path: string) => [...(await readJournal(path)).hangups.keys()];

describe("Asterisk's journal", () => {
  it('is read field by field, quotes and all', () => {
    expect(parseLine(line('1795325125.0').trim())).toEqual({
      event: 'hangup',
      channelId: '1795325125.0',
      context: 'rexian-inbound',
      exten: '12366',
      callerNumber: '13800138001',
      at: new Date(1795325131514),
    });
  });

  it.each(['', '"half a li', '"a","b","c","d","e","no time","{}"'])('skips what is not a whole line: %j', (text) =>
    expect(parseLine(text)).toBe(null),
  );

  it('keeps an empty caller number in its place', () => {
    const hangup = parseLine('"1.1","PJSIP/trunk-1","rexian-inbound","12366","","1795325131.5","{}"');
    expect(hangup).toMatchObject({ exten: '12366', callerNumber: '' });
  });

  it('tells beginnings from hang-ups, and knows nothing else', async () => {
    const path = await folder();
    const named = (id: string, event: string) => line(id).replace('\n', `,"${event}"\n`);
    await writeFile(
      join(path, 'hangups.csv'),
      named('1.1', 'CHAN_START') + named('1.1', 'HANGUP') + named('1.2', 'CHAN_START') + named('1.3', 'ANSWER'),
    );
    const { starts, hangups } = await readJournal(path);
    expect([[...starts.keys()], [...hangups.keys()]]).toEqual([['1.1', '1.2'], ['1.1']]);
  });

  it('is empty where there is none', async () => expect(await hangupsIn(await folder())).toEqual([]));

  it('is put aside and still read, then gone', async () => {
    const path = await folder();
    await writeFile(join(path, 'hangups.csv'), line('1.1') + line('1.2'));
    await cutJournal(path);
    await writeFile(join(path, 'hangups.csv'), line('1.3'));
    expect(await hangupsIn(path)).toEqual(['1.1', '1.2', '1.3']);
    await cutJournal(path);
    expect(await hangupsIn(path)).toEqual(['1.3']);
    await cutJournal(path);
    expect(await readdir(path)).toEqual([]);
  });
});
