import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defaultHome } from '@rexian/engines';
import { root } from './settings.ts';
import { seconds, type Terminal } from './terminal.ts';
import { prepareTests } from './test-needs.ts';
import { clearReport, type Report, readReport } from './test-totals.ts';

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
  for (const args of files.length > 0 ? [[...files]] : rounds) {
    clearReport();
    const code = await runNode([bin('vitest'), 'run', '--reporter=default', `--reporter=${reporter}`, ...args]);
    const { passed, failed, unsteady } = readReport(code);
    total.passed += passed;
    total.failed.push(...failed);
    total.unsteady.push(...unsteady);
  }
  for (const { test, reason } of total.unsteady) terminal.line(`重试后通过：${test}：${reason}`);
  for (const { test, reason } of total.failed) terminal.fail(`未通过：${test}：${reason}`);
  terminal.line(`${total.passed} passed, ${total.failed.length} failed`);
  return total.failed.length === 0 ? 0 : 1;
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

function runNode(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
