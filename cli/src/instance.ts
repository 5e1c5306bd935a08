import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, endProcess, processIdentity, readIfExists, writeAtomically } from '@rexian/engines';

/** What a process of ours leaves in `.rexian/run` so that the next start finds it. */
export type ProcessRecord = { identity: string } & Facts;

/** Where a running platform is reached: the console's URL, the trunk's host:port; of a control process whether it serves the calls. */
export type Facts = { url?: string; sip?: string; leading?: boolean };

const names = ['up', 'control', 'standby'] as const;
export type RecordName = (typeof names)[number];

function file(runFolder: string, name: RecordName): string {
  return join(runFolder, `${name}.json`);
}

export function writeRecord(runFolder: string, name: RecordName, pid: number, facts: Facts = {}): void {
  mkdirSync(runFolder, { recursive: true });
  const record: ProcessRecord = { identity: processIdentity(pid), ...facts };
  writeAtomically(file(runFolder, name), JSON.stringify(record));
}

export function removeRecord(runFolder: string, name: RecordName): void {
  rmSync(file(runFolder, name), { force: true });
}

/** The recorded process when it still runs and is what it says (same start time, our script); null otherwise. */
export function livingProcess(runFolder: string, name: RecordName): ({ pid: number } & Facts) | null {
  const text = readIfExists(file(runFolder, name));
  if (!text) return null;
  try {
    const { identity, ...facts } = JSON.parse(text) as ProcessRecord;
    const pid = Number.parseInt(identity, 10);
    const script = name === 'up' ? 'cli/src/main.ts' : 'server/src/main.ts';
    const same = processIdentity(pid) === identity && commandLine(pid).some((part) => part.endsWith(script));
    return same ? { pid, ...facts } : null;
  } catch {
    return null;
  }
}

/** Ends control processes that an earlier, killed supervisor left; true when there was one. */
export async function endOrphanedControl(runFolder: string): Promise<boolean> {
  const ended = await Promise.all((['control', 'standby'] as const).map((name) => endOrphan(runFolder, name)));
  return ended.includes(true);
}

async function endOrphan(runFolder: string, name: RecordName): Promise<boolean> {
  const orphan = livingProcess(runFolder, name);
  if (orphan) {
    await endProcess(orphan.pid, [
      ['SIGTERM', 6_000],
      ['SIGKILL', 3_000],
    ]);
  }
  removeRecord(runFolder, name);
  return orphan !== null;
}
