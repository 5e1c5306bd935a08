/** `bench fuzz`: the long run of the contract fuzz (server/src/testing/fuzz.ts) against a control process of its own. */
import { seedDemo } from '@rexian/server/seed/demo.ts';
import { type FuzzReport, fuzz as runFuzz } from '@rexian/server/testing/fuzz.ts';
import { FuzzPeople } from '@rexian/server/testing/fuzz-people.ts';
import type { BenchResult } from './answer.ts';
import { startApiStack } from './api-stack.ts';
import type { BenchOptions } from './options.ts';

const SHOWN = 50;

export async function fuzz({ port, seconds, seed }: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  const stack = await startApiStack({
    name: 'fuzz',
    port,
    keep: false,
    settings: { fsync: 'off', synchronous_commit: 'off' },
    env: { TRUST_PROXY: '1' },
    seed: seedDemo,
  });
  try {
    const people = await FuzzPeople.meet(stack.owner.db, stack.vault);
    say(`${seconds} s of random and boundary input, seed ${seed}`);
    let shown = 0;
    const report = await runFuzz({
      url: stack.url,
      people,
      seconds,
      seed,
      parallel: 4,
      onFault: ({ route, seed: which, what, request }) => {
        shown += 1;
        if (shown <= SHOWN) say(`${route} (seed ${which}): ${what}\n          ${request}`);
      },
    });
    return result(report, say);
  } finally {
    await stack.close();
  }
}

function result(report: FuzzReport, say: (text: string) => void): BenchResult {
  const { requests, statuses, faults, served, refused } = report;
  for (const [status, count] of Object.entries(statuses)) say(`HTTP ${status}: ${count}`);
  say(`routes that took an input: ${served.length} of ${served.length + refused.length}`);
  if (refused.length > 0) say(`  never: ${refused.join(' ')}`);
  const routes = new Set(faults.map(({ route }) => route)).size;
  return {
    figures: {
      requests,
      faults: faults.length,
      faultyRoutes: routes,
      served: served.length,
      routes: served.length + refused.length,
    },
    targets: [{ name: 'faults', value: faults.length, wanted: { exactly: 0 } }],
  };
}
