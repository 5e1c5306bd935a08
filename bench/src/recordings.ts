/** Fetches recordings as a listener would, through the API with a leader's log-in, and checks each one. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiClient } from '@rexian/server/testing/api-client.ts';
import type { BenchStack } from './bench-stack.ts';
import type { LedgerCall } from './ledger.ts';
import { fault, listen } from './recording-check.ts';
import { LEADER, PASSWORD } from './seed.ts';

export interface RecordingVerdict {
  good: number;
  /** What is wrong with the others. */
  faults: string[];
}

/**
 * One good recording is wanted of every call that talked; the pilot tones in the speech tell left from right. A recording may be
 * longer than its talk by `longerByMs`: the agent's side stays open when the caller leaves while nobody controls the call.
 */
export async function checkRecordings(
  bench: BenchStack,
  calls: readonly LedgerCall[],
  longerByMs = 0,
): Promise<RecordingVerdict> {
  const client = apiClient(bench.stack.url);
  await client.api.auth.login({ login: LEADER, password: PASSWORD });
  const verdict: RecordingVerdict = { good: 0, faults: [] };
  const talked = calls.filter(({ connectedAt }) => connectedAt !== null).values();
  const worker = async (): Promise<void> => {
    for (const call of talked) {
      const wrong = await check(call).catch((error: unknown) => String(error));
      if (wrong === null) verdict.good += 1;
      else verdict.faults.push(`${call.caller}: ${wrong}`);
    }
  };
  const check = async (call: LedgerCall): Promise<string | null> => {
    if (call.recordings.length !== 1) return `${call.recordings.length} recordings`;
    const { recordings } = await client.api.contacts.get({ id: call.id });
    const [recording] = recordings;
    if (!recording?.url) return `recording is ${recording?.state ?? 'not in the API'}`;
    const signal = AbortSignal.timeout(10_000);
    const response = await fetch(`${bench.stack.url}${recording.url}`, {
      headers: { cookie: client.cookie() },
      signal,
    });
    if (!response.ok) return `HTTP ${response.status}`;
    const opus = new Uint8Array(await response.arrayBuffer());
    const wrong = fault(await listen(bench.home, bench.folder, opus), call.talkingMs, longerByMs);
    // For whoever runs the bench with --keep and wants to hear it.
    if (wrong !== null) writeFileSync(join(bench.folder, `faulty-${call.caller}.opus`), opus);
    return wrong;
  };
  await Promise.all([worker(), worker()]);
  return verdict;
}
