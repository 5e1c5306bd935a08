import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const maxBytes = 10e6;
const kept = 5;

/** A log file that moves aside as `.1` … `.5` when it has grown to 10 MB. Writes are in order; a failed one is dropped. */
export class LogFile {
  readonly path: string;
  private size: number;
  private queue: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    this.size = existsSync(path) ? statSync(path).size : 0;
  }

  write(chunk: Buffer): void {
    // A full disk must not end the supervisor; the next write tries again.
    this.queue = this.queue.then(() => this.append(chunk)).catch(() => {});
  }

  private async append(chunk: Buffer): Promise<void> {
    if (this.size > maxBytes) this.rotate();
    await appendFile(this.path, chunk, { mode: 0o600 });
    this.size += chunk.length;
  }

  private rotate(): void {
    rmSync(`${this.path}.${kept}`, { force: true });
    for (let index = kept - 1; index >= 1; index -= 1) {
      if (existsSync(`${this.path}.${index}`)) renameSync(`${this.path}.${index}`, `${this.path}.${index + 1}`);
    }
    renameSync(this.path, `${this.path}.1`);
    this.size = 0;
  }
}
