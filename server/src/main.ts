/** The control process. Run by `rexian serve [--role all|api|voice|worker,…]`, or as a child of `rexian up`, which it tells when it serves. */
import { parseArgs } from 'node:util';
import { startApp } from './app.ts';
import { type Config, readConfig } from './platform/config.ts';
import { createLogger, type Logger } from './platform/log.ts';
import { prepareDatabase, type ServingUrls } from './platform/prepare.ts';
import { readKeyRing, Vault } from './platform/vault.ts';

const SHUTDOWN_DEADLINE_MS = 9_000;

function tell(message: Record<string, unknown>): void {
  if (process.connected) process.send?.(message);
}

/** Keys from the environment stay what they are; a key file may get another key while we run. */
function openVault(config: Config, log: Logger): Vault {
  if (config.REXIAN_DATA_KEYS) return new Vault(readKeyRing({ keys: config.REXIAN_DATA_KEYS }));
  return Vault.ofFile(config.dataKeyFile, (error) => log.error({ error }, 'data keys not read again'));
}

/** Whoever starts us may have prepared the database already and keeps its owner to himself. */
async function servingUrlsOf(config: Config, vault: Vault, log: Logger): Promise<ServingUrls> {
  const { DATABASE_URL: owner, DATABASE_WEB_URL: web, DATABASE_ENGINE_URL: engine } = config;
  if (web && engine) return { web, engine };
  const urls = await prepareDatabase(owner ?? '', vault, log);
  if (config.REXIAN_DEMO) await (await import('./seed/demo.ts')).seedDemo(owner ?? '', vault);
  else await seedAdministrator(owner ?? '');
  return urls;
}

/** Said on the terminal once, never in the log: logs are kept and sent away. */
async function seedAdministrator(owner: string): Promise<void> {
  const { seedFirst } = await import('./seed/first.ts');
  const first = await seedFirst(owner);
  if (first) process.stdout.write(`首个管理员：${first.login}，一次性密码：${first.password}（首次登录须修改）\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { role: { type: 'string' } } });
  const config = readConfig({ ...process.env, ...(values.role ? { REXIAN_ROLES: values.role } : {}) });
  const log = createLogger({ level: config.LOG_LEVEL, showPersonal: config.LOG_PERSONAL });
  process.on('unhandledRejection', (error) => log.error({ error }, 'unhandled rejection'));
  const vault = openVault(config, log);
  const urls = await servingUrlsOf(config, vault, log);
  const onLeading = (leading: boolean) => tell({ type: 'leading', leading });
  const app = await startApp({ config, log, urls, vault, onLeading });
  log.info({ url: app.url, roles: [...config.roles] }, 'serving');
  tell({ type: 'ready', url: app.url });

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
