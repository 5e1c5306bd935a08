import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EngineError, hasCode } from '../errors.ts';

/** `REXIAN_HOME`, or `.rexian` in the checkout this file belongs to: where everything installed and stored lives. */
export function defaultHome(): string {
  return resolve(process.env.REXIAN_HOME || resolve(import.meta.dirname, '../../../.rexian'));
}

/** Makes a folder (and its parents); a refusal becomes a typed error that says what to do. */
export function ensureFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw folderError(path, error);
  }
}

/** Turns a refused write into `no-permission` or `disk-full`; anything else comes back as it was. */
export function folderError(path: string, error: unknown): unknown {
  if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM') || hasCode(error, 'EROFS')) {
    return new EngineError(
      'no-permission',
      `没有权限写入 ${path}。若上次是用其他用户（如 root）启动的，请继续用该用户，或执行 sudo chown -R "$(id -un)" '${path}' 改为当前用户所有。`,
      undefined,
      error,
    );
  }
  if (hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT')) {
    return new EngineError('disk-full', `磁盘已满，无法写入 ${path}。请清理磁盘空间后重试。`, undefined, error);
  }
  return error;
}

/** Throws `disk-full` unless `bytes` are free where `path` (an existing folder) lies. */
export function requireSpace(path: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize >= bytes) return;
  const need = (bytes / 1e9).toFixed(1);
  const free = ((bavail * bsize) / 1e9).toFixed(1);
  throw new EngineError('disk-full', `磁盘空间不足：${path} 需要 ${need} GB，只剩 ${free} GB。请清理磁盘空间后重试。`);
}

/** Writes a file so that a reader, or a crash, sees the old or the new content, never half of it. */
export function writeAtomically(path: string, content: string | Uint8Array, mode = 0o644): void {
  try {
    const temporary = `${path}.${process.pid}.tmp`;
    writeFileSync(temporary, content, { mode });
    chmodSync(temporary, mode);
    renameSync(temporary, path);
  } catch (error) {
    throw folderError(path, error);
  }
}

/** The file's content, or null when there is no such file. */
export function readIfExists(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
    throw folderError(path, error);
  }
}

/** A secret that is generated once (48 hex digits) and kept in a file only its owner can read. */
export function keptSecret(path: string): string {
  const kept = readIfExists(path)?.trim();
  if (kept) return kept;
  ensureFolder(dirname(path));
  const secret = randomBytes(24).toString('hex');
  writeAtomically(path, `${secret}\n`, 0o600);
  return secret;
}
