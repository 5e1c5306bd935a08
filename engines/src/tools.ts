import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { EngineError } from './errors.ts';
import { loaderOf, triplet } from './prefix/layout.ts';

export type ToolName = 'sox' | 'opusenc' | 'opusdec' | 'opusinfo' | 'espeak-ng' | 'asterisk' | 'sipp' | 'baresip';

/** What to spawn; append your own arguments to `args`. */
export type Tool = { command: string; args: string[]; env?: NodeJS.ProcessEnv };

/** Prefixes in the order in which a tool is looked for; all but the first are what tests and benches install. */
export const prefixNames = ['prefix', 'prefix-test', 'prefix-phone'] as const;

/**
 * How to run a native tool: from a private prefix (through the prefix's own loader and libraries, so that the machine's
 * C library does not matter), else the system's. Throws `no-tool` when it is nowhere.
 */
export function tool(home: string, name: ToolName): Tool {
  for (const prefix of prefixNames.map((folder) => join(home, folder))) {
    const found = prefixTool(prefix, name);
    if (found) return found;
  }
  const command = systemTool(name);
  if (command) return { command, args: [] };
  throw new EngineError('no-tool', `找不到 ${name}。请先运行 ./rexian up 安装语音引擎，或在系统中安装它。`);
}

function prefixTool(prefix: string, name: ToolName): Tool | null {
  if (!existsSync(join(prefix, '.rexian-stamp'))) return null;
  const binary = ['usr/bin', 'usr/sbin'].map((folder) => join(prefix, folder, name)).find((path) => existsSync(path));
  const loader = loaderOf(prefix);
  if (!binary || !loader) return null;
  const libraries = join(prefix, 'usr/lib', triplet);
  const path = [libraries, join(libraries, 'pulseaudio'), join(libraries, 'lapack'), join(libraries, 'blas')];
  const own = name === 'espeak-ng' ? [`--path=${libraries}`] : [];
  return { command: loader, args: ['--library-path', path.join(':'), binary, ...own] };
}

function systemTool(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'].filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const toolsOf: Record<string, ToolName[]> = {
  asterisk: ['asterisk'],
  'espeak-ng': ['espeak-ng'],
  'opus-tools': ['opusenc', 'opusdec'],
  sox: ['sox'],
  'sip-tester': ['sipp'],
  'baresip-core': ['baresip'],
};

/** Whether the system itself has what these packages would bring, with Asterisk at least version 20. */
export async function hasSystemTools(packages: readonly string[]): Promise<boolean> {
  const names = packages.flatMap((name) => toolsOf[name] ?? []);
  if (!names.every((name) => systemTool(name))) return false;
  return !names.includes('asterisk') || systemAsteriskVersion() >= 20;
}

function systemAsteriskVersion(): number {
  const { stdout } = spawnSync(systemTool('asterisk') ?? 'asterisk', ['-V'], { encoding: 'utf8', timeout: 10_000 });
  return Number(/Asterisk (\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}

/** Where Asterisk's modules and data (documentation, music) are: the prefix's when it holds Asterisk, else the system's. */
export function asteriskFolders(home: string): { modules: string; data: string } {
  const prefix = join(home, 'prefix');
  const root = prefixTool(prefix, 'asterisk') ? prefix : '/';
  const modules = [join(root, 'usr/lib', triplet, 'asterisk/modules'), join(root, 'usr/lib/asterisk/modules')];
  return {
    modules: modules.find((path) => existsSync(path)) ?? modules[0] ?? '',
    data: join(root, 'usr/share/asterisk'),
  };
}
