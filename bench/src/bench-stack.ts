/** The platform that a bench measures: its own PostgreSQL, Asterisk and control process, seeded with the bench's centre. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defaultHome, installPrefix } from '@rexian/engines';
import type { FlowDocument } from '@rexian/flows/graph.ts';
import { type Stack, startStack } from '@rexian/server/testing/stack.ts';
import { Ledger } from './ledger.ts';
import { seedBench } from './seed.ts';

export interface BenchStack {
  stack: Stack;
  home: string;
  /** Work folder of the bench itself: scenarios, traces, sounds. */
  folder: string;
  ledger: Ledger;
  close(): Promise<void>;
}

export interface BenchStackOptions {
  name: string;
  agents: number;
  /** Straight into the queue, unrecorded: benches of signalling. */
  plain?: boolean;
  /** What callers go through, in place of the menu before the queue. */
  flow?: FlowDocument;
  basePort: number;
  /** Debian packages the bench itself needs. */
  packages?: readonly string[];
  /** Further settings of the control process. */
  env?: Record<string, string>;
  /** Keep the work folder with its traces. */
  keep: boolean;
  say: (text: string) => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export async function startBenchStack(options: BenchStackOptions): Promise<BenchStack> {
  const { name, basePort, packages, keep, say, env } = options;
  const home = defaultHome();
  if (packages) {
    say(`installing ${packages.join(', ')}`);
    await installPrefix({ home, name: 'prefix-test', packages });
  }
  const folder = join(home, 'bench', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  say('starting PostgreSQL, Asterisk and the control process');
  const stack = await startStack({
    name: `bench-${name}`,
    basePort,
    rtpStart: basePort + 100,
    rtpPorts: 800,
    demo: false,
    // Benches that come from many addresses say so in X-Forwarded-For.
    env: { TRUST_PROXY: '1', ...env },
    seed: (url, vault) => seedBench(url, vault, options),
  });
  const ledger = await Ledger.open(stack.databaseUrl, stack.vault);
  const close = async (): Promise<void> => {
    for (const signal of SIGNALS) process.off(signal, interrupted);
    await ledger.close();
    await stack.close();
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  // PostgreSQL and Asterisk don't hear the terminal's Ctrl-C: they are stopped before we leave.
  const interrupted = (): void => {
    say('interrupted, stopping');
    void close().finally(() => process.exit(130));
  };
  for (const signal of SIGNALS) process.once(signal, interrupted);
  return { stack, home, folder, ledger, close };
}
