import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EngineError } from '@rexian/engines';
import { root } from './settings.ts';

/** Tells main.ts that the workspace's program goes on by itself and sets the exit code. */
export const stays = -1;

/** Runs another workspace's `src/main.ts` in this process with these arguments. */
export async function runMain(workspace: 'server' | 'bench' | 'simulate', args: readonly string[]): Promise<number> {
  const script = join(root, workspace, 'src/main.ts');
  if (!existsSync(script)) throw new EngineError('unsupported', `${workspace}/src/main.ts 不存在，代码不完整。`);
  process.argv = [process.execPath, script, ...args];
  await import(pathToFileURL(script).href);
  return stays;
}
