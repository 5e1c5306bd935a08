/** Where finished files are kept: a narrow interface, a folder on disk now, object storage later. */
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { Readable } from 'node:stream';

export interface Storage {
  /** Moves a local file in under `key` (slash-separated, no leading slash). */
  put(key: string, file: string): Promise<void>;
  /** Size in bytes; null when there is no such file. */
  size(key: string): Promise<number | null>;
  /** Bytes `start`…`end`, both included. */
  read(key: string, range: { start: number; end: number }): Readable;
  /** Nothing happens when there is no such file. */
  remove(key: string): Promise<void>;
  /** A local path to prepare a file at before `put`, on the same volume. */
  workPath(name: string): Promise<string>;
  /** Removes what was prepared before the time and never put: its process has died. */
  forgetWork(before: Date): Promise<void>;
}

export function diskStorage(root: string): Storage {
  const path = (key: string) => {
    const full = normalize(join(root, key));
    if (!full.startsWith(normalize(`${root}/`))) throw new Error(`storage key '${key}' leaves the folder`);
    return full;
  };
  const work = join(root, '.work');
  return {
    async put(key, file) {
      await mkdir(dirname(path(key)), { recursive: true });
      await rename(file, path(key));
    },
    async size(key) {
      const info = await stat(path(key)).catch(() => null);
      return info?.isFile() ? info.size : null;
    },
    read: (key, range) => createReadStream(path(key), range),
    remove: (key) => rm(path(key), { force: true }),
    async workPath(name) {
      await mkdir(work, { recursive: true });
      return join(work, name);
    },
    async forgetWork(before) {
      for (const name of await readdir(work).catch(() => [])) {
        const prepared = join(work, name);
        const info = await stat(prepared).catch(() => null);
        if (info && info.mtime < before) await rm(prepared, { recursive: true, force: true });
      }
    },
  };
}
