import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError, hasCode } from '../errors.ts';
import { type RunResult, run } from '../system/run.ts';
import { findMirror } from './mirror.ts';

/** Called with 0 to 100 and, while packages come in, the one being fetched. */
export type AptProgress = (percent: number, detail?: string) => void;

const quietMs = 120_000;

/**
 * Downloads packages and all they need into `work` (an empty folder) without touching the system's own apt state, and
 * needs no root for it. Returns the paths of the .deb files.
 */
export async function downloadPackages(
  work: string,
  suite: string,
  packages: readonly string[],
  onIndex: AptProgress,
  onDownload: AptProgress,
): Promise<string[]> {
  const options = aptOptions(work, suite, await architecture());
  await apt([...options, 'update'], onIndex);
  await apt([...options, 'install', '-y', '--download-only', '--no-install-recommends', ...packages], onDownload);
  const archives = join(work, 'archives');
  const debs = readdirSync(archives).filter((name) => name.endsWith('.deb'));
  if (debs.length === 0) throw new EngineError('no-package', '没有下载到任何软件包，请稍后重试。');
  return debs.map((name) => join(archives, name));
}

/** Debian's name of this machine's architecture, for example `amd64`. */
export async function architecture(): Promise<string> {
  const { output } = await start('dpkg', ['--print-architecture'], () => {});
  return output.trim();
}

function aptOptions(work: string, suite: string, architectureName: string): string[] {
  for (const folder of ['lists/partial', 'archives/partial']) mkdirSync(join(work, folder), { recursive: true });
  const { uri, keyring } = findMirror();
  mkdirSync(join(work, 'dpkg'));
  writeFileSync(join(work, 'dpkg/status'), '');
  const source = join(work, 'sources.list');
  writeFileSync(source, `deb ${keyring ? `[signed-by=${keyring}] ` : ''}${uri} ${suite} main\n`);
  const settings: Record<string, string> = {
    'Dir::State': work,
    'Dir::State::lists': join(work, 'lists'),
    // Nothing counts as installed; apt also locks beside this file.
    'Dir::State::status': join(work, 'dpkg/status'),
    'Dir::Cache': work,
    'Dir::Cache::archives': join(work, 'archives'),
    'Dir::Cache::pkgcache': '',
    'Dir::Cache::srcpkgcache': '',
    'Dir::Etc::sourcelist': source,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::Log': work,
    'APT::Architecture': architectureName,
    'APT::Default-Release': '',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
    'Acquire::http::Timeout': '30',
    'Acquire::https::Timeout': '30',
    // The sandbox user can't reach a private folder; without root there is no sandbox anyway.
    ...(process.getuid?.() === 0 ? { 'APT::Sandbox::User': 'root' } : {}),
  };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  return ['-q', ...pairs, '-o', `APT::Architectures::=${architectureName}`, '-o', 'APT::Status-Fd=3'];
}

async function apt(args: readonly string[], onProgress: AptProgress): Promise<void> {
  const result = await start('apt-get', args, (line) => {
    const status = /^dlstatus:[^:]*:([\d.]+):(.*)$/.exec(line);
    if (status) onProgress(Number(status[1]), /Retrieving file (\d+ of \d+)/.exec(line)?.[1]?.replace(' of ', '/'));
  });
  const complaints = result.output.split('\n').filter((line) => /^(E|W|Err):?/.test(line));
  const failedUpdate = complaints.some((line) => /Failed to fetch|Some index files failed/.test(line));
  if (result.code !== 0 || failedUpdate) throw aptError(result, complaints.join('\n') || result.output.slice(-2000));
}

/** Turns what apt-get said into a code and a sentence. */
function aptError({ output, timedOut }: RunResult, detail: string): EngineError {
  if (/No space left on device|don't have enough free space|Disk quota/i.test(output)) {
    return new EngineError('disk-full', '磁盘已满，下载语音引擎失败。请清理磁盘空间后重试。', detail);
  }
  if (/NO_PUBKEY|not signed|EXPKEYSIG|Missing key|couldn't be verified/i.test(output)) {
    const hint = '请安装或更新 debian-archive-keyring（sudo apt-get install debian-archive-keyring）后重试。';
    return new EngineError('no-key', `软件源的签名无法验证。${hint}`, detail);
  }
  if (/Permission denied/i.test(output)) {
    return new EngineError('no-permission', '没有权限写入下载目录，请检查 .rexian 目录的属主。', detail);
  }
  if (/Unable to locate package|has no installation candidate|unmet dependencies/i.test(output)) {
    const hint = '镜像可能正在同步，请稍后重试，或用 REXIAN_DEBIAN_SUITE 换一个版本（如 testing）。';
    return new EngineError('no-package', `软件源里缺少需要的软件包。${hint}`, detail);
  }
  const why = timedOut ? '两分钟没有数据' : '连接失败';
  const hint = '请检查网络与代理（http_proxy），或用 REXIAN_DEBIAN_MIRROR 指定可用的 Debian 镜像。';
  return new EngineError('no-network', `下载语音引擎失败：${why}。${hint}`, detail);
}

async function start(command: string, args: readonly string[], onStatus: (line: string) => void): Promise<RunResult> {
  try {
    return await run(command, args, { quietMs, onStatus, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    const hint = '请在 Debian/Ubuntu 上运行，或在系统中安装 asterisk（20 以上）、espeak-ng、opus-tools、sox。';
    throw new EngineError('no-apt', `找不到 ${command}，无法自动安装语音引擎。${hint}`, undefined, error);
  }
}
