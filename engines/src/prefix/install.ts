import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { EngineError, hasCode } from '../errors.ts';
import { type Report, silent } from '../report.ts';
import { ensureFolder, folderError, readIfExists, requireSpace, writeAtomically } from '../system/files.ts';
import { withLock } from '../system/lock.ts';
import { run } from '../system/run.ts';
import { hasSystemTools } from '../tools.ts';
import { architecture, downloadPackages } from './apt.ts';
import { keepRenumberedSound } from './late-packets.ts';
import { libraryFolder } from './layout.ts';

/** What the platform itself needs. */
export const enginePackages = ['asterisk', 'espeak-ng', 'opus-tools', 'sox', 'asterisk-moh-opsound-gsm'] as const;

export type InstallOptions = {
  home: string;
  /** Folder under `home`; a second one keeps what only tests need apart. */
  name?: string;
  packages?: readonly string[];
  report?: Report;
};

export type Installed = { path: string; source: 'prefix' | 'system'; fresh: boolean };

const neededBytes = 1e9;
const lockMs = 20 * 60_000;

/**
 * Installs Debian packages into the private folder `<home>/<name>` (default `prefix`) without root, once: later calls
 * return at once, a half-finished installation is redone. Without a Debian archive a system-wide Asterisk ≥ 20 with its
 * tools is used instead. Throws EngineError (`no-apt`, `no-mirror`, `no-key`, `no-network`, `no-package`, `disk-full`,
 * `no-permission`).
 */
export async function installPrefix(options: InstallOptions): Promise<Installed> {
  const { home, name = 'prefix', packages = enginePackages, report = silent } = options;
  const path = join(home, name);
  const corrections = packages.includes('asterisk') ? ['late-packets'] : [];
  const suite = process.env.REXIAN_DEBIAN_SUITE || 'unstable';
  const stamp = `${[suite, ...[...packages].sort(), ...corrections].join(' ')}\n`;
  if (isInstalled(path, stamp)) return { path, source: 'prefix', fresh: false };
  ensureFolder(home);
  const tellWait = (): void => report({ step: '等待另一个进程完成安装' });
  return withLock(join(home, `${name}.lock`), lockMs, tellWait, async () => {
    if (isInstalled(path, stamp)) return { path, source: 'prefix', fresh: false };
    try {
      await install(path, stamp, packages, report);
    } catch (error) {
      const recoverable = error instanceof EngineError && (error.code === 'no-apt' || error.code === 'no-mirror');
      if (recoverable && (await hasSystemTools(packages))) return { path: '/', source: 'system', fresh: false };
      throw folderError(home, error);
    }
    return { path, source: 'prefix', fresh: true };
  });
}

function isInstalled(path: string, stamp: string): boolean {
  return readIfExists(join(path, '.rexian-stamp')) === stamp;
}

async function install(path: string, stamp: string, packages: readonly string[], report: Report): Promise<void> {
  const temporary = `${path}.part`;
  rmSync(temporary, { recursive: true, force: true });
  const work = join(temporary, '.apt');
  mkdirSync(work, { recursive: true });
  requireSpace(temporary, neededBytes);
  const suite = process.env.REXIAN_DEBIAN_SUITE || 'unstable';
  const debs = await downloadPackages(
    work,
    suite,
    packages,
    (percent) => report({ step: '读取软件源索引', percent }),
    (percent, detail) => report({ step: '下载语音引擎', percent, ...(detail ? { detail } : {}) }),
  );
  await unpackAll(debs, temporary, report);
  await linkLibraries(join(temporary, libraryFolder(await architecture())));
  if (packages.includes('asterisk')) correctAsterisk(join(temporary, 'usr/sbin/asterisk'), report);
  rmSync(work, { recursive: true, force: true });
  writeAtomically(join(temporary, '.rexian-stamp'), stamp);
  rmSync(path, { recursive: true, force: true });
  renameSync(temporary, path);
}

async function unpackAll(debs: readonly string[], target: string, report: Report): Promise<void> {
  const waiting = [...debs];
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let deb = waiting.shift(); deb; deb = waiting.shift()) {
      const { code, output } = await run('dpkg-deb', ['-x', deb, target], { quietMs: 120_000 });
      if (code !== 0) throw unpackError(deb, output);
      done += 1;
      report({ step: '解压语音引擎', percent: (100 * done) / debs.length, detail: `${done}/${debs.length}` });
    }
  };
  await Promise.all([worker(), worker()]);
}

function unpackError(deb: string, output: string): EngineError {
  if (/No space left|Disk quota/i.test(output)) {
    return new EngineError('disk-full', '磁盘已满，解压语音引擎失败。请清理磁盘空间后重试。', output);
  }
  return new EngineError('start-failed', `解压 ${basename(deb)} 失败，请重试。`, output);
}

function correctAsterisk(file: string, report: Report): void {
  const program = readFileSync(file);
  if (keepRenumberedSound(program) === 'corrected') writeFileSync(file, program);
  else report({ step: '语音引擎版本未经核对，录音可能缺少一方声音' });
}

/** Makes the soname links some packages leave to ldconfig. */
async function linkLibraries(folder: string): Promise<void> {
  const candidates = ['/sbin/ldconfig', '/usr/sbin/ldconfig', 'ldconfig'];
  const command = candidates.find((path) => existsSync(path)) ?? 'ldconfig';
  try {
    const { code, output } = await run(command, ['-n', folder], { quietMs: 60_000 });
    if (code !== 0) throw new EngineError('start-failed', '整理语音引擎的程序库（ldconfig）失败，请重试。', output);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    throw new EngineError('no-tool', '找不到 ldconfig，请安装系统软件包 libc-bin 后重试。', undefined, error);
  }
}
