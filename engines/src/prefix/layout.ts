import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const triplets: Record<string, string> = { amd64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

/** Debian's multiarch name of the machine we run on, as it appears in library paths. */
export const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';

/** The library folder inside a prefix, by Debian's architecture name. */
export function libraryFolder(architecture: string): string {
  return join('usr/lib', triplets[architecture] ?? `${architecture}-linux-gnu`);
}

/** The prefix's own dynamic loader, or null when the folder holds none. */
export function loaderOf(prefix: string): string | null {
  for (const folder of ['usr/lib64', 'usr/lib', 'lib64', 'lib', join('usr/lib', triplet)]) {
    const name = namesIn(join(prefix, folder)).find((file) => /^ld-linux-[\w-]+\.so\.\d$/.test(file));
    if (name) return join(prefix, folder, name);
  }
  return null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
