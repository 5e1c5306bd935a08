import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, hasCode } from '../errors.ts';
import { folderError, readIfExists } from './files.ts';
import { processIdentity } from './processes.ts';

/**
 * Runs `work` while holding a lock file that names our process. Waits (calling `onWait` once) while another living
 * process holds it, at most `ms` milliseconds; a lock whose holder has died is taken over.
 */
export async function withLock<T>(path: string, ms: number, onWait: () => void, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + ms;
  let told = false;
  while (!tryLock(path)) {
    const holder = readIfExists(path) ?? '';
    // An empty file is one being written this moment, unless it stays empty.
    if (holder ? processIdentity(Number.parseInt(holder, 10)) !== holder : told) {
      rmSync(path, { force: true });
      continue;
    }
    if (Date.now() > deadline) {
      throw new EngineError(
        'timeout',
        `等待进程 ${Number.parseInt(holder, 10)} 完成安装超时。请确认它是否还在工作，或删除 ${path} 后重试。`,
      );
    }
    if (!told) onWait();
    told = true;
    await sleep(300);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(path, processIdentity(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw folderError(path, error);
  }
}
