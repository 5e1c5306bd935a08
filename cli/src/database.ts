/** The database that a maintenance command works on: the one of the environment, or the embedded one, running or not. */
import type { RunningPostgres } from '@rexian/engines';
import { openPostgres } from './engines.ts';
import type { Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** Runs `work` with the URL of a role that sees all rows. An embedded database that wasn't running is stopped afterwards. */
export async function withDatabase<T>(
  settings: Settings,
  terminal: Terminal,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const given = settings.databaseUrl ?? settings.serving?.engine;
  if (given) return work(given);
  const postgres: RunningPostgres = await terminal.step('启动数据库', (report) => openPostgres(settings, report));
  try {
    return await work(postgres.url);
  } finally {
    if (!postgres.reused) await postgres.stop();
  }
}
