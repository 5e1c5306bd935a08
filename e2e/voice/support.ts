/** A running platform, a carrier, and agents at SIP phones: what the voice tests share. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ContactDetail } from '@rexian/contracts';
import { defaultHome, tool } from '@rexian/engines';
import { DEMO_PASSWORD } from '@rexian/server/seed/demo.ts';
import { deviceNameOf } from '@rexian/server/seed/devices.ts';
import type { ApiClient } from '@rexian/server/testing/api-client.ts';
import { signedIn } from '@rexian/server/testing/signed-in.ts';
import { type Stack, type StackOptions, startStack } from '@rexian/server/testing/stack.ts';
import { Carrier, type SimulatedCaller, type SimulatedPhone } from '@rexian/simulate';
import { afterAll, afterEach, beforeAll } from 'vitest';

const execute = promisify(execFile);

export interface VoiceBench {
  stack: Stack;
  carrier: Carrier;
  admin: ApiClient;
  close(): Promise<void>;
}

export async function startVoice(
  name: string,
  ports: { base: number; rtp: number },
  options: Partial<StackOptions> = {},
): Promise<VoiceBench> {
  const stack = await startStack({ name, basePort: ports.base, rtpStart: ports.rtp, ...options });
  try {
    const carrier = await Carrier.start({
      home: defaultHome(),
      folder: join(stack.dir, 'carrier'),
      platform: `127.0.0.1:${stack.sipPort}`,
      rtp: { first: ports.rtp + 500, last: ports.rtp + 899 },
    });
    const admin = await signedIn(stack, 'admin');
    const close = async () => {
      await carrier.stop();
      await stack.close();
    };
    return { stack, carrier, admin, close };
  } catch (error) {
    await stack.close();
    throw error;
  }
}

export interface TestAgent extends ApiClient {
  login: string;
  /** Changes when the desk is taken over. */
  sessionId: string;
  phone: SimulatedPhone;
  ready(): Promise<void>;
  leave(): Promise<void>;
}

/** The IP phone that belongs to the agent alone. */
export async function ownDevice({ api }: ApiClient, login: string): Promise<{ id: string; name: string }> {
  const { devices } = await api.desk.phones({});
  const own = devices.find(({ name }) => name === deviceNameOf(login));
  if (!own) throw new Error(`no phone of ${login}`);
  return own;
}

export const phoneAccess = ({ sipPort }: Stack, name: string) => ({
  username: name,
  password: DEMO_PASSWORD,
  registrar: `127.0.0.1:${sipPort}`,
});

/** Signs an agent in at their IP phone, which answers after a moment. */
export async function signInAgent({ stack, carrier }: VoiceBench, login: string): Promise<TestAgent> {
  const client = await signedIn(stack, login);
  const device = await ownDevice(client, login);
  const { sessionId } = await client.api.desk.signIn({ phone: { kind: 'sip', deviceId: device.id } });
  const phone = await carrier.phone(phoneAccess(stack, device.name));
  phone.answering = { kind: 'answers', afterMs: 300 };
  const agent: TestAgent = {
    ...client,
    login,
    sessionId,
    phone,
    ready: async () => void (await client.api.desk.setState({ sessionId: agent.sessionId, state: 'ready' })),
    async leave() {
      await eventually('agent is free', async () => {
        await phone.call?.hangUp();
        const desk = await client.api.desk.get();
        if (desk.session?.state === 'wrap_up' && desk.contact)
          await client.api.desk.wrapUp({
            sessionId: agent.sessionId,
            legId: desk.contact.legId,
            result: 'resolved',
            categoryId: null,
            remark: '',
            next: { state: 'not_ready', reason: 'break' },
          });
        await client.api.desk.signOut({ sessionId: agent.sessionId }).catch((error: Error) => {
          throw new Error(`${error.message} (${desk.session?.state}, ${desk.contact?.legId ?? 'no contact'})`);
        });
        return true;
      });
      await phone.close();
    },
  };
  return agent;
}

/** A caller of the trunk who talks with an agent. */
export interface Talk {
  agent: TestAgent;
  from: string;
  call: SimulatedCaller;
}

/** Starts a bench for the tests of a file and ends it after them; agents are signed out after each test. */
export function voiceSuite(
  name: string,
  ports: { base: number; rtp: number },
  callerPrefix: string,
  options: Partial<StackOptions> = {},
) {
  let bench: VoiceBench | null = null;
  let agents: TestAgent[] = [];
  const calls: SimulatedCaller[] = [];
  let serial = 0;
  beforeAll(async () => {
    bench = await startVoice(name, ports, options);
  }, 120_000);
  afterEach(async () => {
    // Whom a failed test leaves in the queue would be served first in the next one.
    await Promise.allSettled(calls.splice(0).map((call) => call.hangUp()));
    for (const agent of agents.splice(0)) await agent.leave();
  });
  afterAll(() => bench?.close());

  const suite = {
    get voice(): VoiceBench {
      if (!bench) throw new Error('the voice bench did not start');
      return bench;
    },
    newCaller: () => `${callerPrefix}${String(++serial).padStart(8, '0')}`,
    /** Not answered yet. */
    async call(from: string, to = '12366'): Promise<SimulatedCaller> {
      const call = await suite.voice.carrier.call({ from, to });
      calls.push(call);
      return call;
    },
    async dial(from: string, to?: string): Promise<SimulatedCaller> {
      const call = await suite.call(from, to);
      await call.answered(5_000);
      return call;
    },
    async agent(login: string): Promise<TestAgent> {
      const agent = await signInAgent(suite.voice, login);
      agents.push(agent);
      return agent;
    },
    async agentReady(login: string): Promise<TestAgent> {
      const agent = await suite.agent(login);
      await agent.ready();
      return agent;
    },
    /** Agent 8001 talks with a new caller who pressed 1. */
    async talk(): Promise<Talk> {
      const agent = await suite.agentReady('8001');
      const from = suite.newCaller();
      const call = await suite.dial(from);
      await call.press('1');
      await waitForState(suite.voice, from, 'talking');
      return { agent, from, call };
    },
    /** Signs all agents out before the test's end. */
    async everyoneLeaves(): Promise<void> {
      for (const agent of agents) await agent.leave();
      agents = [];
    },
  };
  return suite;
}

/** Waits until `look` gives something truthy; what it throws counts as not yet. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | false>,
  deadlineMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await look();
      if (value) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within ${deadlineMs} ms${last ? `, last: ${String(last)}` : ''}`);
}

/** The newest contact of a caller's number. */
export async function contactOf({ admin }: VoiceBench, callerNumber: string): Promise<ContactDetail | null> {
  const { rows } = await admin.api.contacts.list({ callerNumber, limit: 1 });
  return rows[0] ? admin.api.contacts.get({ id: rows[0].id }) : null;
}

/** Waits for a caller's contact to end. */
export function endedContact(voice: VoiceBench, callerNumber: string): Promise<ContactDetail> {
  return eventually(`contact of ${callerNumber} has ended`, async () => {
    const contact = await contactOf(voice, callerNumber);
    return contact?.state === 'ended' ? contact : null;
  });
}

/** The agent has hung up: the caller is asked for a mark and gives it, which lets them go. */
export async function givesMark(voice: VoiceBench, callerNumber: string, call: SimulatedCaller, key: string) {
  await eventually('asked for a mark', async () => (await contactOf(voice, callerNumber))?.satisfactionPushed === true);
  await call.press(key);
}

export async function waitForState(voice: VoiceBench, callerNumber: string, state: ContactDetail['state']) {
  return eventually(`contact of ${callerNumber} is ${state}`, async () => {
    const contact = await contactOf(voice, callerNumber);
    return contact?.state === state ? contact : null;
  });
}

/** How long a recording may take to be compressed: that gives way to everything else that runs. */
export const STORED_MS = 45_000;

/** The newest contact of a caller's number, its recording ready to be heard. */
export const recordedContact = (voice: VoiceBench, callerNumber: string): Promise<ContactDetail> =>
  eventually(
    'recording is stored',
    async () => {
      const found = await contactOf(voice, callerNumber);
      return found?.recordings[0]?.state === 'stored' ? found : null;
    },
    STORED_MS,
  );

/** Loudness (RMS, 0…1) of each channel of a stored recording, between two moments in seconds. */
export async function channelLevels(
  voice: VoiceBench,
  url: string,
  span: { from: number; to: number },
): Promise<[caller: number, agent: number]> {
  const home = defaultHome();
  const response = await fetch(`${voice.stack.url}${url}`, { headers: { cookie: voice.admin.cookie() } });
  if (!response.ok) throw new Error(`recording: HTTP ${response.status}`);
  const opus = join(voice.stack.dir, 'check.opus');
  const wav = join(voice.stack.dir, 'check.wav');
  await writeFile(opus, Buffer.from(await response.arrayBuffer()));
  const decode = tool(home, 'opusdec');
  await execute(decode.command, [...decode.args, '--quiet', '--rate', '8000', opus, wav]);
  const sox = tool(home, 'sox');
  const levels: number[] = [];
  for (const channel of ['1', '2']) {
    const args = ['-t', 'wav', wav, '-n', 'remix', channel, 'trim', String(span.from), `=${span.to}`, 'stat'];
    const { stderr } = await execute(sox.command, [...sox.args, ...args]);
    levels.push(Number(/RMS\s+amplitude:\s+([\d.]+)/.exec(stderr)?.[1]));
  }
  return [levels[0] ?? Number.NaN, levels[1] ?? Number.NaN];
}

/** Loudness (RMS, 0…1) of a mono WAV file, or of what is between two moments in seconds. */
export async function level(file: string, span?: { from: number; to: number }): Promise<number> {
  const sox = tool(defaultHome(), 'sox');
  await readFile(file);
  const { stderr } = await execute(sox.command, [
    ...sox.args,
    file,
    '-n',
    ...(span ? ['trim', String(span.from), `=${span.to}`] : []),
    'stat',
  ]);
  return Number(/RMS\s+amplitude:\s+([\d.]+)/.exec(stderr)?.[1]);
}
