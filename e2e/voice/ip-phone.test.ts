/** IP phones that anybody can buy: registered by digest, called, cut off, and missed when they are gone. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_PASSWORD } from '@rexian/server/seed/demo.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { Baresip } from './baresip.ts';
import { contactOf, endedContact, eventually, level, type TestAgent, voiceSuite, waitForState } from './support.ts';

const suite = voiceSuite('ip-phone', { base: 22_000, rtp: 34_000 }, '137');
const phones: Baresip[] = [];
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.stop();
});

async function phone(username: string, password = DEMO_PASSWORD): Promise<Baresip> {
  const { stack } = suite.voice;
  const port = 22040 + 2 * phones.length;
  const folder = join(stack.dir, `baresip-${port}`);
  const made = await Baresip.start({ folder, registrar: `127.0.0.1:${stack.sipPort}`, username, password, port });
  phones.push(made);
  return made;
}

let serial = 0;
const newName = () => `sip-desk-${++serial}`;

/** Made by the administrator; anyone of the province may use it. A second try of a test has a phone of its own. */
async function newDevice() {
  const name = newName();
  const { api } = suite.voice.admin;
  const unitId = (await api.auth.me()).unit.id;
  const made = await api.phones.create({ name, label: `话机 ${name}`, unitId, personId: null });
  await inAsterisk(name, made.password);
  return { ...made, name };
}

/** Waits until Asterisk has the phone with this password, whole; null: none. */
async function inAsterisk(name: string, password: string | null): Promise<void> {
  const { origin, username, password: key } = new URL(suite.voice.stack.asterisk.url);
  const headers = { authorization: `Basic ${btoa(`${username}:${key}`)}` };
  const fieldsOf = async (kind: string) => {
    const response = await fetch(`${origin}/ari/asterisk/config/dynamic/res_pjsip/${kind}/${name}`, { headers });
    return response.ok ? ((await response.json()) as { attribute: string; value: string }[]) : null;
  };
  await eventually(`account of ${name}`, async () => {
    // The endpoint comes last, and without it nobody registers.
    const [account, endpoint] = [await fieldsOf('auth'), await fieldsOf('endpoint')];
    const known = account?.find(({ attribute }) => attribute === 'password')?.value ?? null;
    return known === password && (password === null || endpoint !== null);
  });
}

const registered = async (name: string) =>
  (await suite.voice.admin.api.phones.list({ text: name })).rows.find((row) => row.name === name)?.registered;

const sessionOf = async (agent: TestAgent) => (await agent.api.desk.get()).session;

/** Agent 8001 sits at this phone instead of the simulated one. */
async function signInAt(deviceId: string): Promise<TestAgent> {
  const agent = await suite.agent('8001');
  const { sessionId } = await agent.api.desk.signIn({ phone: { kind: 'sip', deviceId } });
  agent.sessionId = sessionId;
  return agent;
}

describe('an IP phone', () => {
  it('registers by digest, takes a call with sound both ways, and hangs up', async () => {
    const { device, name, password } = await newDevice();
    const ip = await phone(name, password);
    expect(await ip.registration()).toBe('registered');
    await eventually('the platform sees it', () => registered(name).then((is) => is ?? false));
    const agent = await signInAt(device.id);
    expect((await sessionOf(agent))?.phone).toEqual({ kind: 'sip', label: `话机 ${name}`, reachable: true });
    await agent.ready();
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    await ip.rings();
    ip.answer();
    await waitForState(suite.voice, from, 'talking');
    const heard = await call.hear();
    await sleep(1_500);
    expect(await level(await heard.stop())).toBeGreaterThan(0.05);
    ip.hangUp();
    // The caller goes on to the survey.
    const { events } = await waitForState(suite.voice, from, 'in_flow');
    expect(events.find(({ type }) => type === 'leg_ended')?.data).toMatchObject({ by: 'agent' });
    await call.hangUp();
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'completed' });
  }, 90_000);

  it('with a wrong password is refused', async () => {
    const { name } = await newDevice();
    const ip = await phone(name, 'wrong');
    expect(await ip.registration()).toBe('refused');
    expect(await registered(name)).toBe(false);
  }, 90_000);

  it('is cut off at once when its password is renewed, and when it is renamed or removed', async () => {
    const { api } = suite.voice.admin;
    const { device, name, password } = await newDevice();
    const another = newName();
    const old = await phone(name, password);
    expect(await old.registration()).toBe('registered');
    await eventually('it is there', () => registered(name).then((is) => is ?? false));
    const { password: renewed } = await api.phones.renew({ id: device.id });
    expect(renewed).not.toBe(password);
    await inAsterisk(name, renewed);
    // It answers every OPTIONS that still comes: that none does is the point.
    await sleep(5_000);
    expect(await registered(name)).toBe(false);

    const next = await phone(name, renewed);
    expect(await next.registration()).toBe('registered');
    await eventually('it is back', () => registered(name).then((is) => is ?? false));
    const { id, label, unit } = device;
    await api.phones.change({ id, label, unitId: unit.id, personId: null, name: another });
    await inAsterisk(name, null);
    await inAsterisk(another, renewed);
    await sleep(5_000);
    expect(await registered(another)).toBe(false);

    const renamed = await phone(another, renewed);
    expect(await renamed.registration()).toBe('registered');
    await api.phones.remove({ id });
    await inAsterisk(another, null);
    const gone = await phone(another, renewed);
    expect(await gone.registration()).toBe('refused');
  }, 90_000);

  it('belongs to one agent at a time, and is neither changed nor removed meanwhile', async () => {
    const { api } = suite.voice.admin;
    const { device } = await newDevice();
    await signInAt(device.id);
    const other = await suite.agent('8002');
    const choice = { kind: 'sip', deviceId: device.id } as const;
    const refused = other.api.desk.signIn({ phone: choice });
    await expect(refused).rejects.toMatchObject({ code: 'WRONG_STATE', message: expect.stringContaining('李明') });
    expect((await other.api.desk.phones({})).devices.find(({ id }) => id === device.id)?.inUseBy).toBe('李明');
    await expect(api.phones.renew({ id: device.id })).rejects.toMatchObject({ code: 'IN_USE' });
    await expect(api.phones.remove({ id: device.id })).rejects.toMatchObject({ code: 'IN_USE' });
  }, 90_000);

  it('that falls silent makes its agent not ready within fifteen seconds', async () => {
    const { device, name, password } = await newDevice();
    const ip = await phone(name, password);
    expect(await ip.registration()).toBe('registered');
    const agent = await signInAt(device.id);
    await agent.ready();
    // Presence is judged once phones had the time to register after the start.
    await sleep(4_000);
    expect((await sessionOf(agent))?.state).toBe('ready');
    const frozenAt = Date.now();
    ip.freeze();
    await eventually('8001 is not ready', async () => (await sessionOf(agent))?.state === 'not_ready', 20_000);
    expect(Date.now() - frozenAt).toBeLessThan(15_000);
    expect(await sessionOf(agent)).toMatchObject({ reason: 'phone_unreachable', phone: { reachable: false } });
    await expect(agent.ready()).rejects.toMatchObject({
      code: 'WRONG_STATE',
      message: expect.stringContaining('话机'),
    });
  }, 90_000);

  it('that falls silent in a talk gives its caller back to the queue', async () => {
    const { device, name, password } = await newDevice();
    const ip = await phone(name, password);
    expect(await ip.registration()).toBe('registered');
    const agent = await signInAt(device.id);
    await agent.ready();
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    await ip.rings();
    ip.answer();
    await waitForState(suite.voice, from, 'talking');
    ip.freeze();
    // Noticed, missed for some seconds, and waited for as after a reload.
    const events = await eventually(
      'the caller waits again',
      async () => {
        const contact = await contactOf(suite.voice, from);
        return contact?.state === 'queued' && contact.events;
      },
      25_000,
    );
    expect(events.map(({ type }) => type)).toContain('call_lost');
    expect(await sessionOf(agent)).toMatchObject({ state: 'not_ready', reason: 'phone_unreachable' });
    await call.hangUp();
  }, 90_000);
});
