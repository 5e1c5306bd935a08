/** SIPp as the agents' phones: every one registers with digest, then one process answers for all of them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchStack } from './bench-stack.ts';
import type { DeskAgent } from './desk-agent.ts';
import { Sipp } from './sipp.ts';

export interface PhoneTimings {
  /** Ringing before the answer. */
  ringMs: number;
  /** Talk after which half of the agents hang up. */
  talkMs: number;
  /** Signalling alone. */
  silent?: boolean;
}

const ATTEMPTS = 5;

/** Registers all, starts the answering process, waits until the platform sees every phone. */
export async function startPhones(
  bench: BenchStack,
  agents: readonly DeskAgent[],
  ports: { sip: number; media: number },
  timings: PhoneTimings,
): Promise<Sipp> {
  const { home, folder, stack, ledger } = bench;
  const common = { home, folder, target: `127.0.0.1:${stack.sipPort}`, localPort: ports.sip, mediaPort: ports.media };
  const rows = agents.map(({ phone: { username, password } }) => {
    return `${username};[authentication username=${username} password=${password}]`;
  });
  writeFileSync(join(folder, 'phones.csv'), `SEQUENTIAL\n${rows.join('\n')}\n`);
  await registerAll(() =>
    Sipp.start({
      ...common,
      scenario: 'register',
      args: ['-inf', 'phones.csv', '-m', String(agents.length), '-r', '50', '-aa', '-trace_err'],
    }),
  );
  const phones = Sipp.start({
    ...common,
    scenario: timings.silent ? 'agent-silent' : 'agent',
    words: { RING_MS: timings.ringMs, TALK_MS: timings.talkMs },
    args: ['-aa', '-trace_msg', '-trace_err'],
  });
  try {
    await phones.settled(500);
    for (const end = Date.now() + 40_000; (await ledger.registeredPhones()) < agents.length; await sleep(300)) {
      if (Date.now() > end) {
        throw new Error(`only ${await ledger.registeredPhones()} of ${agents.length} phones are registered`);
      }
    }
    return phones;
  } catch (error) {
    await phones.stop();
    throw error;
  }
}

/** The platform gives a phone its account a moment after the agent's sign-in: the first try may come too early. */
async function registerAll(start: () => Sipp): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    if ((await start().finished(30_000)) === 0) return;
    if (attempt === ATTEMPTS) throw new Error(`some phones could not register in ${ATTEMPTS} attempts`);
    await sleep(1_000);
  }
}
