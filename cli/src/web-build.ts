import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError, type Report, runProgram } from '@rexian/engines';
import { root } from './settings.ts';

const shared = ['contracts/src', 'flows/src', 'workflows/src', 'softphone/src', 'package-lock.json'];
const titles = { web: '网页控制台', widget: '来电体验页' } as const;
export type WebWorkspace = keyof typeof titles;
export const webWorkspaces: readonly WebWorkspace[] = ['web', 'widget'];

/** Whether the workspace's `dist` is missing or older than what it is made from. */
export function needsBuild(workspace: WebWorkspace): boolean {
  const stamp = join(root, workspace, 'dist/.built');
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  const own = ['src', 'public', 'index.html', 'package.json', 'vite.config.ts'].map((name) => join(workspace, name));
  return [...own, ...shared].some((path) => newest(join(root, path)) > built);
}

/** Builds the workspace with vite. Returns false when it has no vite configuration (nothing to build). */
export async function buildWeb(workspace: WebWorkspace, report: Report): Promise<boolean> {
  const folder = join(root, workspace);
  if (!existsSync(join(folder, 'vite.config.ts'))) return false;
  report({ step: `构建${titles[workspace]}` });
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { code, output, timedOut } = await runProgram(process.execPath, [vite, 'build'], {
    cwd: folder,
    quietMs: 300_000,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (code !== 0) {
    const why = timedOut ? '五分钟没有动静' : output.trim().split('\n').slice(-12).join('\n');
    throw new EngineError('start-failed', `构建${titles[workspace]}失败：${why}`, output);
  }
  writeFileSync(join(folder, 'dist/.built'), '');
  return true;
}

function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  // The folder's own time tells of removed files.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
