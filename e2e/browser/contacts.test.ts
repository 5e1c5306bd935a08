/** Call records: what a call's drawer tells of where it came from, how it was judged, and of a message that was left. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { defaultHome } from '@rexian/engines';
import { sealNumber } from '@rexian/server/contacts/caller-number.ts';
import { appendEvents, endContact, openContact } from '@rexian/server/contacts/ledger.ts';
import { compressRecording } from '@rexian/server/engines/media/recording.ts';
import { type Db, openDb } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { choose, rowsAre } from './antd.ts';
import { type BrowserBench, enter, startBrowserBench } from './support.ts';

let bench: BrowserBench;
let first: string;
let second: string;

beforeAll(async () => {
  bench = await startBrowserBench('browser-contacts', { base: 22_640, rtp: 56_000 });
  const { db, close } = openDb(bench.stack.databaseUrl, { max: 1 });
  ({ first, second } = await seedCalls(db));
  await close();
});
afterEach(() => bench?.closePages());
afterAll(() => bench?.close());

/** A call that 12366 sent on to 南宁, where the caller was discontent; and a message that somebody left. */
async function seedCalls(db: Db): Promise<{ first: string; second: string }> {
  const units = await db
    .selectFrom('units')
    .select(['id', 'name'])
    .where('path', 'in', ['gx', 'gx.nanning'])
    .orderBy('path')
    .execute();
  const [gx, nanning] = units;
  if (!gx || !nanning) throw new Error('the demo has no centres');
  const start = Date.now() - 60_000;
  const open = async (unitId: string, number: string, ms: number) => {
    const arrivedAt = new Date(start + ms);
    const id = newId(arrivedAt.getTime());
    const caller = sealNumber(bench.stack.vault, number);
    const call = {
      source: 'trunk',
      externalId: id,
      channelId: id,
      calledNumber: '12366',
      calledName: '广西12366',
      flow: null,
    };
    await openContact(db, { id, unitId, ...call, caller, arrivedAt });
    return id;
  };
  const sent = await open(gx.id, '13800138001', 0);
  const received = await open(nanning.id, '13800138001', 20_000);
  await db.updateTable('contacts').set({ chain_id: sent }).where('id', 'in', [sent, received]).execute();
  await db
    .updateTable('contacts')
    .set({
      ...{ origin: 'province_transfer', previous_id: sent, from_unit_id: gx.id, from_unit_name: gx.name },
      ...{
        sent_by_name: '李梅',
        note: '已核实身份',
        satisfaction_pushed: true,
        satisfaction: 1,
        satisfaction_reason: '等待时间',
      },
    })
    .where('id', '=', received)
    .execute();
  const at = new Date(start + 20_000);
  await appendEvents(db, sent, [
    { type: 'transferred', at, data: { to: { kind: 'centre', name: nanning.name }, note: '已核实身份' } },
  ]);
  await appendEvents(db, received, [
    { type: 'satisfaction_given', at: new Date(start + 40_000), data: { score: 1, reason: '等待时间' } },
  ]);
  await endContact(db, { contactId: sent, at, reason: 'transferred', by: 'agent' });
  await endContact(db, { contactId: received, at: new Date(start + 41_000), reason: 'completed', by: 'agent' });
  const message = await open(gx.id, '13800138002', 30_000);
  await leaveMessage(db, message, gx.id);
  await endContact(db, { contactId: message, at: new Date(start + 45_000), reason: 'voicemail', by: 'caller' });
  return { first: received, second: message };
}

async function leaveMessage(db: Db, contactId: string, unitId: string): Promise<void> {
  const id = newId();
  const key = `recordings/${id}.opus`;
  const target = join(bench.stack.dir, 'storage', key);
  const source = join(bench.stack.dir, 'message.sln');
  const sound = Buffer.alloc(3 * 16_000);
  for (let i = 0; i < sound.length / 2; i += 1) sound.writeInt16LE(Math.round(6_000 * Math.sin(i / 3)), 2 * i);
  await writeFile(source, sound);
  await mkdir(dirname(target), { recursive: true });
  const { durationMs, bytes } = await compressRecording(defaultHome(), { source, target, channels: 1 });
  const row = {
    id,
    kind: 'voicemail' as const,
    contact_id: contactId,
    leg_id: null,
    unit_id: unitId,
    state: 'stored' as const,
  };
  await db
    .insertInto('recordings')
    .values({ ...row, started_at: new Date(), source_path: source, storage_key: key, duration_ms: durationMs, bytes })
    .execute();
}

describe('a call record', () => {
  it('is found by the mark, and tells where the call came from, with what note, and why the caller was discontent', async () => {
    const page = await bench.page({ width: 1440, height: 900 });
    await enter(bench, page, 'admin');
    await page.goto('/contacts');
    await choose(page, page.getByLabel('满意度', { exact: true }), '非常不满意');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '查询' }).click();
    const rows = page.locator('.list-table .ant-table-row');
    await rowsAre(page, 1);
    await rows.first().click();
    const chain = page.getByTestId('chain-part');
    await chain.first().waitFor();
    expect(await chain.count()).toBe(2);
    expect(await chain.last().textContent()).toMatch(
      /南宁市12366[\s\S]*12366转接[\s\S]*广西12366 李梅 转来：已核实身份/,
    );
    expect(await page.getByTestId('satisfaction').textContent()).toMatch(/满意度\s*非常不满意\s*（等待时间）/);
    expect(await page.locator('[data-event="satisfaction_given"]').textContent()).toContain(
      '非常不满意，原因 等待时间',
    );
    expect(page.url()).toContain(first);
    await chain.first().getByRole('link').click();
    await page.locator('[data-event="transferred"]').waitFor();
    expect(await page.locator('[data-event="transferred"]').textContent()).toContain(
      '其他中心 南宁市12366，备注 已核实身份',
    );
    expect(bench.faults).toEqual([]);
  });

  it('plays a message: one track, as long as it was', async () => {
    const page = await bench.page({ width: 1440, height: 900 });
    await enter(bench, page, 'admin');
    await page.goto(`/contacts/${second}`);
    const message = page.locator('[data-kind="voicemail"][data-recording="stored"]');
    await message.locator('[data-player="ready"]').waitFor();
    expect(await message.textContent()).toContain('语音留言');
    expect(await message.locator('.track-names span').allInnerTexts()).toEqual(['来电人']);
    expect(await message.getByTestId('player-time').textContent()).toMatch(/\/ 0?0?:?0?3/);
    await message.getByRole('button', { name: '播放' }).click();
    await message.locator('[data-playing]').waitFor();
    expect(bench.faults).toEqual([]);
  });
});
