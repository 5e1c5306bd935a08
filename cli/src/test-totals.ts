import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './settings.ts';

/** A test that failed, or did at its first try, and why in short. */
export type Lost = { test: string; reason: string };

/** How a line of an error begins that tells what a page showed when the test failed. */
export const SHOWN = 'showed ';

/** What one run of vitest left; `unsteady` passed at a second try. */
export type Report = { passed: number; failed: Lost[]; unsteady: Lost[] };

/** Where the run of vitest of that name leaves its report, which finds its name in REXIAN_TEST_RUN. */
export const reportOf = (run: string): string => join(root, `.rexian/tests-${run}.json`);

/** Makes room for the next run's report. */
export function clearReport(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
}

/** What the run left in `file` that ended with `code`; one that left nothing, or ended badly without saying why, is one failure more. */
export function readReport(code: number, file: string): Report {
  try {
    const report: Report = JSON.parse(readFileSync(file, 'utf8'));
    if (code === 0 || report.failed.length > 0) return report;
    return { ...report, failed: [{ test: 'the run', reason: `ended with ${code}` }] };
  } catch {
    return { passed: 0, failed: [{ test: 'the run', reason: `left no report, ended with ${code}` }], unsteady: [] };
  }
}
