import { type SpawnOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { defaultHome } from '@rexian/engines';
import { root } from './settings.ts';
import { seconds, type Terminal } from './terminal.ts';
import { prepareTests } from './test-needs.ts';
import { clearReport, type Report, readReport, reportOf } from './test-totals.ts';

const folders = [
  'contracts',
  'flows',
  'workflows',
  'knowledge',
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
/** One vitest. `priority`: see nice(1). */
type Run = { name: string; args: readonly string[]; priority?: number };
const YIELDING = 10;

const reporter = join(root, 'cli/src/test-reporter.ts');
const generator = join(root, 'server/src/engines/asterisk/generate.ts');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

/**
 * `rexian test [file…]`: lint, types, dependency rules, then the tests. What failed is told once more at the end, and what passed at a
 * second try only; the last line is `N passed, N failed`.
 */
export async function test(terminal: Terminal, files: readonly string[]): Promise<number> {
  const total: Report = { passed: 0, failed: [], unsteady: [] };
  await terminal.step('准备测试环境', (report) => prepareTests(defaultHome(), report));
  for (const { title, args } of files.length > 0 ? [] : checks()) {
    const begin = Date.now();
    const code = await runNode(args);
    if (code !== 0) total.failed.push({ test: title, reason: `ended with ${code}` });
    terminal.line(`${code === 0 ? '✓' : '✗'} ${title}（${seconds(Date.now() - begin)}）`);
  }
  for (const round of files.length > 0 ? [[{ name: 'files', args: files }]] : rounds) {
    for (const { passed, failed, unsteady } of await Promise.all(round.map((run) => runTests(run, round.length > 1)))) {
      total.passed += passed;
      total.failed.push(...failed);
      total.unsteady.push(...unsteady);
    }
  }
  for (const { test, reason } of total.unsteady) terminal.line(`重试后通过：${test}：${reason}`);
  for (const { test, reason } of total.failed) terminal.fail(`未通过：${test}：${reason}`);
  terminal.line(`${total.passed} passed, ${total.failed.length} failed`);
  return total.failed.length === 0 ? 0 : 1;
}

/** Engines and calls mostly wait: what computes uses the time that they leave. Then browsers, which need the whole machine. */
const rounds: Run[][] = [
  [
    { name: 'calls', args: ['--project', 'engine', '--project', 'voice', '--maxWorkers', '5'] },
    { name: 'code', args: ['--project', 'unit', '--project', 'store', '--maxWorkers', '2'], priority: YIELDING },
  ],
  [{ name: 'pages', args: ['--project', 'browser', '--maxWorkers', '3'] }],
];

/** Beside another run what it says is handed on as it comes, some files at a time, so that the two don't mix within a line. */
async function runTests({ name, args, priority }: Run, beside: boolean): Promise<Report> {
  const report = reportOf(name);
  clearReport(report);
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const code = await runNode([bin('vitest'), 'run', '--reporter=default', `--reporter=${reporter}`, ...args], {
    stdio: beside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, ...(beside ? color : {}), REXIAN_TEST_RUN: name },
    priority,
  });
  return readReport(code, report);
}

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

function runNode(
  args: readonly string[],
  options: SpawnOptions & { priority?: number | undefined } = {},
): Promise<number> {
  const { priority = 0, ...rest } = options;
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', ...rest });
  if (priority > 0 && child.pid !== undefined) setPriority(child.pid, priority);
  child.stdout?.pipe(process.stdout, { end: false });
  child.stderr?.pipe(process.stderr, { end: false });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
