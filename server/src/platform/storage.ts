/** Where finished files are kept: a narrow interface, a folder on disk now, object storage later. */
import { createReadStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { Readable } from 'node:stream';

export interface Storage {
  /** Moves a local file in under `key` (slash-separated, no leading slash). */
  put(key: string, file: string): Promise<void>;
  /** Size in bytes; null when there is no such file. */
  size(key: string): Promise<number | null>;
  /** Bytes `start`…`end`, both included. */
  read(key: string, range: { start: number; end: number }): Readable;
  /** A local path to prepare a file at before `put`, on the same volume. */
  workPath(name: string): Promise<string>;
}

export function diskStorage(root: string): Storage {
  const path = (key: string) => {
    const full = normalize(join(root, key));
    if (!full.startsWith(normalize(`${root}/`))) throw new Error(`storage key '${key}' leaves the folder`);
    return full;
  };
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
    async workPath(name) {
      await mkdir(join(root, '.work'), { recursive: true });
      return join(root, '.work', name);
    },
  };
}
