/** Recordings on their way from what Asterisk wrote to what people play: talks in two channels, messages in one. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultHome, installPrefix, tool } from '@rexian/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { diskStorage } from '../platform/storage.ts';
import { silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { seedWorld, type World } from '../testing/world.ts';
import { convertRecording, requeueForgotten } from './convert.ts';

const RATE = 8000;
let folder: string;
let database: TestDatabase;
let world: World;

beforeAll(async () => {
  await installPrefix({ home: defaultHome() });
  folder = await mkdtemp(join(tmpdir(), 'convert-'));
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
}, 120_000);
afterAll(async () => {
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Two seconds: a tone for each channel. */
function tones(...hertz: number[]): Buffer {
  const bytes = Buffer.alloc(2 * RATE * hertz.length * 2);
  for (let frame = 0; frame < 2 * RATE; frame += 1)
    hertz.forEach((each, channel) => {
      const sample = Math.round(8_000 * Math.sin((2 * Math.PI * each * frame) / RATE));
      bytes.writeInt16LE(sample, 2 * (frame * hertz.length + channel));
    });
  return bytes;
}

async function recording(kind: 'talk' | 'voicemail', raw: Buffer, state: 'pending' | 'recording' = 'pending') {
  const { contact, unit, leg } = world.nanning;
  const id = newId();
  const path = join(folder, `${id}.raw`);
  await writeFile(path, raw);
  await database.db
    .insertInto('recordings')
    .values({
      ...{ id, kind, state, contact_id: contact, leg_id: kind === 'talk' ? leg : null, unit_id: unit.id },
      ...{ started_at: new Date(), source_path: path, storage_key: null, duration_ms: null, bytes: null },
    })
    .execute();
  return { id, path };
}

/** The stored file as samples of its channels. */
async function stored(id: string): Promise<Float64Array[]> {
  const row = await database.db.selectFrom('recordings').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  expect(row).toMatchObject({ state: 'stored', duration_ms: 2_000 });
  const decode = tool(defaultHome(), 'opusdec');
  const wav = join(folder, `${id}.wav`);
  execFileSync(
    decode.command,
    [...decode.args, '--quiet', '--rate', String(RATE), join(folder, row.storage_key ?? ''), wav],
    {
      env: { ...process.env, ...decode.env },
    },
  );
  const sox = tool(defaultHome(), 'sox');
  const text = execFileSync(sox.command, [...sox.args, wav, '-t', 'dat', '-'], {
    env: { ...process.env, ...sox.env },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const rows = text.split('\n').filter((line) => line && !line.startsWith(';'));
  const cells = rows.map((line) => line.trim().split(/\s+/).slice(1).map(Number));
  return (cells[0] ?? []).map((_, channel) => Float64Array.from(cells, (cell) => cell[channel] ?? 0));
}

/** The strength of one frequency (Goertzel). */
function strength(samples: Float64Array, hertz: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * hertz) / RATE);
  let [s1, s2] = [0, 0];
  for (const x of samples) [s1, s2] = [x + factor * s1 - s2, s1];
  return Math.sqrt(s1 * s1 + s2 * s2 - factor * s1 * s2) / samples.length;
}

const options = () => ({ db: database.db, storage: diskStorage(folder), home: defaultHome(), log: silent });

describe('a recording', () => {
  it('of a talk has the caller on the left', async () => {
    // MixMonitor on the agent's channel writes the agent first.
    const { id, path } = await recording('talk', tones(440, 1000));
    await convertRecording(options(), id);
    const [left, right] = await stored(id);
    expect(strength(left ?? new Float64Array(1), 1000)).toBeGreaterThan(
      10 * strength(left ?? new Float64Array(1), 440),
    );
    expect(strength(right ?? new Float64Array(1), 440)).toBeGreaterThan(
      10 * strength(right ?? new Float64Array(1), 1000),
    );
    expect(existsSync(path)).toBe(false);
  });

  it('of a message is the caller alone, as long as it was', async () => {
    const { id } = await recording('voicemail', tones(1000));
    await convertRecording(options(), id);
    const channels = await stored(id);
    expect(channels).toHaveLength(1);
    const [only = new Float64Array(1)] = channels;
    expect(strength(only, 1000)).toBeGreaterThan(10 * strength(only, 440));
  });

  it("that a crash left open is converted once its leg, or a message's call, is over", async () => {
    const both = [
      await recording('talk', tones(440, 1000), 'recording'),
      await recording('voicemail', tones(1000), 'recording'),
    ];
    await requeueForgotten(database.db);
    const rows = await database.db
      .selectFrom('recordings')
      .select('state')
      .where(
        'id',
        'in',
        both.map(({ id }) => id),
      )
      .execute();
    expect(rows).toEqual([{ state: 'pending' }, { state: 'pending' }]);
    // Not while the caller still speaks.
    const { id } = await recording('voicemail', tones(1000), 'recording');
    const { contact } = world.nanning;
    await database.db
      .updateTable('contacts')
      .set({ state: 'in_flow', ended_at: null, end_reason: null, ended_by: null })
      .where('id', '=', contact)
      .execute();
    await requeueForgotten(database.db);
    const row = await database.db.selectFrom('recordings').select('state').where('id', '=', id).executeTakeFirst();
    expect(row?.state).toBe('recording');
  });
});
