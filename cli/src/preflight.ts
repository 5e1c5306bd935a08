import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError, ensureFolder, requirePort, requireSpace, writeAtomically } from '@rexian/engines';
import { ownsDatabase, type Settings } from './settings.ts';

/** Checks what can be known before any long work begins. Throws EngineError that says what to do. */
export async function preflight(settings: Settings): Promise<void> {
  const { home, http, sip, ari } = settings;
  if (process.platform !== 'linux') {
    throw new EngineError('unsupported', '目前只支持 Linux（Debian、Ubuntu）。其他系统请使用容器。');
  }
  ensureFolder(home);
  writeAtomically(join(home, '.writable'), '');
  for (const folder of Object.values(settings.folders)) ensureFolder(folder);
  // Voices and numbers are nobody else's business; our home itself stays open for PostgreSQL's account.
  for (const name of ['recordings', 'journal', 'storage', 'log', 'secrets']) makePrivate(join(home, name));
  const firstTime = !existsSync(join(home, 'prefix'));
  requireSpace(home, firstTime ? 1.5e9 : 0.2e9);
  await requirePort({ protocol: 'tcp', ...http, purpose: '网页', variable: 'HTTP_PORT（或 --port）' });
  if (!firstTime) return;
  // Later starts may find their own engines on these ports; the first one had better know before it downloads.
  const local = { protocol: 'tcp', host: '127.0.0.1' } as const;
  if (ownsDatabase(settings)) {
    await requirePort({ ...local, port: settings.postgresPort, purpose: '数据库', variable: 'POSTGRES_PORT' });
  }
  if (settings.asteriskUrl) return;
  await requirePort({ ...local, port: ari.port, purpose: '语音引擎接口', variable: 'ASTERISK_HTTP_PORT' });
  await requirePort({ protocol: 'udp', ...sip, purpose: 'SIP 中继', variable: 'ASTERISK_SIP_PORT' });
}

function makePrivate(folder: string): void {
  if (existsSync(folder)) chmodSync(folder, 0o700);
}
