/** No caller's number in any log: not of the control process at its most talkative, not of Asterisk, not of PostgreSQL. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultHome } from '@rexian/engines';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endedContact, eventually, signInAgent, startVoice, type VoiceBench, waitForState } from './support.ts';

/** Like no other, so that finding any part of it says something. */
const NUMBER = '13926548731';
const PARTS = [NUMBER, NUMBER.slice(2), NUMBER.slice(0, -2)];
const LOG = join(defaultHome(), 'test', 'redaction-control.log');

let voice: VoiceBench;
beforeAll(async () => {
  mkdirSync(dirname(LOG), { recursive: true });
  rmSync(LOG, { force: true });
  voice = await startVoice('voice-redaction', { base: 20_210, rtp: 39_000 }, { logLevel: 'trace', logFile: LOG });
}, 120_000);
afterAll(() => voice?.close());

/** Everything below a folder that is a log by its folder or name. */
function logsBelow(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return paths.filter((path) => /\/log\/|\.log(\.\d+)?$/.test(path.slice(folder.length)));
}

/** What goes wrong is what gets logged: a query that names the number while the database is away. */
async function failWhileDatabaseIsAway(): Promise<void> {
  const { stack, admin } = voice;
  await stack.postgres.stop();
  const input = JSON.stringify({ json: { callerNumber: NUMBER } });
  const headers = { cookie: admin.cookie(), 'x-csrf-token': 'orpc', 'content-type': 'application/json' };
  const url = `${stack.url}/api/rpc/contacts/list`;
  const answers = await Promise.all([
    fetch(`${url}?data=${encodeURIComponent(input)}`, { headers }),
    fetch(url, { method: 'POST', headers, body: input }),
  ]);
  for (const { status } of answers) expect(status).toBeGreaterThanOrEqual(500);
  await stack.restartPostgres();
  await eventually('database is back', async () => (await admin.api.auth.me({})).login === 'admin', 20_000);
}

it('a call, its ending in a crash, searches, reveals and failures leave the number in no log', async () => {
  const { stack, carrier, admin } = voice;
  const agent = await signInAgent(voice, '8001');
  await agent.ready();
  const call = await carrier.call({ from: NUMBER, to: '12366' });
  await call.answered(5_000);
  await call.press('1');
  await waitForState(voice, NUMBER, 'talking');
  await stack.killControl();
  await stack.startControl();
  await failWhileDatabaseIsAway();
  await call.hangUp();
  const { id } = await endedContact(voice, NUMBER);
  expect((await admin.api.contacts.list({ callerNumber: NUMBER.slice(-4) })).rows).toHaveLength(1);
  expect((await admin.api.contacts.reveal({ id })).callerNumber).toBe(NUMBER);
  await agent.leave();
  // A number that breaks a rule is named by no refusal either.
  await admin.api.contacts.list({ callerNumber: `x${NUMBER}` }).catch(() => {});
  const unknown = await carrier.call({ from: NUMBER, to: '99999' });
  await unknown.ended;

  const logs = [LOG, ...logsBelow(stack.dir).filter((path) => !path.includes('/carrier/'))];
  const texts = logs.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  const of = (name: string) =>
    texts
      .filter(({ path }) => path.includes(name))
      .map(({ text }) => text)
      .join('');
  // They are the right files: each tells of what happened.
  expect(of('redaction-control.log')).toContain(id);
  expect(of('/asterisk/log/')).toMatch(/NOTICE|WARNING|Asterisk/);
  expect(of('/postgres/')).toContain('shutting down');
  for (const { path, text } of texts)
    for (const part of PARTS) expect(text.includes(part), `${part} in ${path}`).toBe(false);
}, 90_000);

it('the journal of hang-ups, which has to know the number, is readable for its account alone', () => {
  const journal = join(voice.stack.dir, 'journal', 'hangups.csv');
  expect(readFileSync(journal, 'utf8')).toContain(NUMBER);
  expect(statSync(journal).mode & 0o777).toBe(0o600);
  const recordings = join(voice.stack.dir, 'recordings');
  for (const name of readdirSync(recordings)) expect(statSync(join(recordings, name)).mode & 0o077, name).toBe(0);
  expect(statSync(join(dirname(journal), '..', 'asterisk')).mode & 0o077).toBe(0);
});
