import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';
import { root } from './settings.ts';
import { type Lost, type Report, reportOf, SHOWN } from './test-totals.ts';

/** Vitest reporter that leaves a run's totals, and what failed with its reason, where `rexian test` adds the rounds up. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const report: Report = { passed: 0, failed: [], unsteady: [] };
    for (const module of modules) {
      const file = relative(root, module.moduleId);
      for (const suite of [module, ...module.children.allSuites()]) {
        for (const error of suite.errors())
          report.failed.push({ test: `${file} > ${nameOf(suite)}`, reason: said(error) });
      }
      for (const test of module.children.allTests()) count(report, file, test);
    }
    for (const error of errors) report.failed.push({ test: 'beside the tests', reason: said(error) });
    writeFileSync(reportOf(process.env.REXIAN_TEST_RUN ?? 'alone'), JSON.stringify(report));
  }
}

function count(report: Report, file: string, test: TestCase): void {
  const result = test.result();
  const lost = (): Lost => ({ test: `${file} > ${test.fullName}`, reason: said(result.errors?.[0]) });
  if (result.state === 'failed') report.failed.push(lost());
  if (result.state !== 'passed') return;
  report.passed += 1;
  if (test.diagnostic()?.flaky) report.unsteady.push(lost());
}

const nameOf = (suite: TestModule | TestSuite): string => (suite.type === 'module' ? 'loading' : suite.fullName);

/** The first line of an error, and what pages showed then. */
function said(error: { message?: string } | undefined): string {
  const [first = '', ...others] = (error?.message ?? '').split('\n');
  return [first, ...others.filter((line) => line.startsWith(SHOWN)).map((line) => line.slice(0, 700))].join('；');
}
