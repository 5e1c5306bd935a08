import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defaultHome } from '@rexian/engines';
import { root } from './settings.ts';
import { seconds, type Terminal } from './terminal.ts';
import { prepareTests } from './test-needs.ts';

const folders = [
  'contracts',
  'flows',
  'server',
  'engines',
  'softphone',
  'web/src',
  'widget/src',
  'simulate',
  'cli',
  'bench',
  'e2e',
];

type Check = { title: string; args: string[] };

const generator = join(root, 'server/src/engines/asterisk/generate.ts');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

/** `rexian test [file…]`: lint, types, dependency rules, then the tests. The last line is `N passed, N failed`. */
export async function test(terminal: Terminal, files: readonly string[]): Promise<number> {
  const failed: string[] = [];
  await terminal.step('准备测试环境', (report) => prepareTests(defaultHome(), report));
  for (const { title, args } of files.length > 0 ? [] : checks()) {
    const begin = Date.now();
    if ((await runNode(args)) !== 0) failed.push(title);
    terminal.line(`${failed.includes(title) ? '✗' : '✓'} ${title}（${seconds(Date.now() - begin)}）`);
  }
  const folder = join(root, '.rexian');
  mkdirSync(folder, { recursive: true });
  const report = join(folder, 'vitest.json');
  const totals = { passed: 0, failed: failed.length };
  for (const args of files.length > 0 ? [[...files]] : rounds) {
    rmSync(report, { force: true });
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await runNode([bin('vitest'), 'run', ...reporters, ...args]);
    const { passed, failed: lost } = readTotals(report);
    totals.passed += passed;
    // A run can fail without a failed test: something was thrown beside them.
    totals.failed += lost === 0 && code !== 0 ? 1 : lost;
  }
  for (const title of failed) terminal.fail(`${title}未通过`);
  terminal.line(`${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 ? 0 : 1;
}

/** One after the other: what computes, then engines and calls, which mostly wait and share the machine, then browsers. */
const rounds = [
  ['--project', 'unit', '--project', 'store', '--maxWorkers', '2'],
  ['--project', 'engine', '--project', 'voice', '--maxWorkers', '4'],
  ['--project', 'browser', '--maxWorkers', '2'],
];

function checks(): Check[] {
  const projects = ['.', 'softphone', 'web', 'widget'].filter((name) => existsSync(join(root, name, 'tsconfig.json')));
  const rules = ['.dependency-cruiser.js', '.dependency-cruiser.cjs', '.dependency-cruiser.mjs'].find((name) =>
    existsSync(join(root, name)),
  );
  return [
    { title: '代码检查', args: [bin('biome'), 'check', '--error-on-warnings'] },
    ...projects.map((name) => ({ title: `类型检查 ${name}`, args: [bin('tsc'), '-p', name] })),
    { title: 'ARI 接口代码', args: [generator, '--check'] },
    ...(rules ? [{ title: '依赖规则', args: [bin('depcruise'), '--config', rules, ...folders] }] : []),
  ];
}

/** Numbers of passed and failed tests; a run that left no report counts as one failure. */
function readTotals(report: string): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: Number(numPassedTests), failed: Number(numFailedTests) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function runNode(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
