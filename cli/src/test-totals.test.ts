import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Report, readReport } from './test-totals.ts';

const folder = mkdtempSync(join(tmpdir(), 'rexian-totals-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'tests.json');
const left = (report: Report) => writeFileSync(file, JSON.stringify(report));

it('a run is as good as it says only when it ended well', () => {
  expect(readReport(1, file)).toMatchObject({ passed: 0, failed: [{ test: 'the run' }] });
  expect(readReport(0, file)).toMatchObject({ passed: 0, failed: [{ test: 'the run' }] });
  left({ passed: 3, failed: [], unsteady: [] });
  expect(readReport(0, file)).toEqual({ passed: 3, failed: [], unsteady: [] });
  expect(readReport(1, file)).toMatchObject({ passed: 3, failed: [{ test: 'the run', reason: 'ended with 1' }] });
  const lost = { test: 'a.test.ts > fails', reason: 'expected 1 to be 2' };
  left({ passed: 3, failed: [lost], unsteady: [] });
  expect(readReport(1, file)).toEqual({ passed: 3, failed: [lost], unsteady: [] });
});
