import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const maxBytes = 10e6;
const kept = 5;

/** Before a start: moves a large log file aside as `<name>.1`, the older ones one further, and forgets the oldest. */
export function rotateFiles(folder: string, name: string): void {
  const path = join(folder, name);
  if (!existsSync(path) || statSync(path).size < maxBytes) return;
  rmSync(`${path}.${kept}`, { force: true });
  for (let index = kept - 1; index >= 1; index -= 1) {
    if (existsSync(`${path}.${index}`)) renameSync(`${path}.${index}`, `${path}.${index + 1}`);
  }
  renameSync(path, `${path}.1`);
}

/**
 * While Asterisk runs: when its log has grown large, has it begin a new file (it numbers the old ones itself) and removes
 * all old ones but the newest few. `url` as startAsterisk returns it. Throws when ARI can't be reached within ten seconds.
 */
export async function rotateAsteriskLog(url: string, dir: string): Promise<void> {
  const folder = join(dir, 'log');
  const name = 'messages.log';
  const path = join(folder, name);
  if (!existsSync(path) || statSync(path).size < maxBytes) return;
  const { username, password, origin } = new URL(url);
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  await fetch(`${origin}/ari/asterisk/logging/${name}/rotate`, {
    method: 'PUT',
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    signal: AbortSignal.timeout(10_000),
  });
  const old = readdirSync(folder).filter((file) => file.startsWith(`${name}.`));
  const byAge = old.map((file) => ({ file, at: statSync(join(folder, file)).mtimeMs })).sort((a, b) => b.at - a.at);
  for (const { file } of byAge.slice(kept)) rmSync(join(folder, file), { force: true });
}
