/** The control process. Run by `rexian serve`, or as a child of `rexian up`, which it tells when it serves. */
import { startApp } from './app.ts';
import { readConfig } from './platform/config.ts';
import { createLogger } from './platform/log.ts';
import { demoAccounts, seedDemo } from './seed/demo.ts';

const SHUTDOWN_DEADLINE_MS = 9_000;

function tell(message: Record<string, unknown>): void {
  if (process.connected) process.send?.(message);
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger({ level: config.LOG_LEVEL, showPersonal: config.LOG_PERSONAL });
  process.on('unhandledRejection', (error) => log.error({ error }, 'unhandled rejection'));
  if (config.REXIAN_DEMO) await seedDemo(config.DATABASE_URL);
  const app = await startApp(config, log);
  log.info({ url: app.url, roles: [...config.roles] }, 'serving');
  tell({ type: 'ready', url: app.url, demo: config.REXIAN_DEMO ? demoAccounts() : [] });

  let stopping = false;
  const stop = (why: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'stopping');
    setTimeout(() => process.exit(1), SHUTDOWN_DEADLINE_MS).unref();
    void app.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // The supervisor has gone: an orphan would hold the port against the next start.
  process.on('disconnect', () => stop('supervisor gone'));
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  createLogger({ level: 'info' }).fatal({ error }, 'could not start');
  tell({ type: 'failed', message });
  // A moment for the message to leave.
  setTimeout(() => process.exit(1), 100);
});
