import { join, resolve } from 'node:path';
import { defaultHome, EngineError, ensureFolder, keptSecret } from '@rexian/engines';

/** The checkout. */
export const root = resolve(import.meta.dirname, '../..');

export type Settings = ReturnType<typeof readSettings>;

/**
 * Everything `up` needs to know, from the environment with defaults for one machine. Throws EngineError `bad-setting`
 * (in Chinese, naming the variable) for values that make no sense.
 */
export function readSettings(env: NodeJS.ProcessEnv, httpPort?: number) {
  const home = defaultHome();
  const folder = (variable: string, name: string): string => resolve(env[variable] || join(home, name));
  return {
    home,
    runFolder: join(home, 'run'),
    logFolder: join(home, 'log'),
    http: { host: env.HTTP_HOST || '127.0.0.1', port: httpPort ?? port(env, 'HTTP_PORT', 12366) },
    postgresPort: port(env, 'POSTGRES_PORT', 12370),
    ari: { port: port(env, 'ASTERISK_HTTP_PORT', 12380) },
    sip: { host: env.ASTERISK_SIP_BIND || '0.0.0.0', port: port(env, 'ASTERISK_SIP_PORT', 5060) },
    rtp: portRange(env, 'ASTERISK_RTP_PORTS', '10000-11999'),
    trunkAllow: (env.TRUNK_ALLOW || '127.0.0.1').split(',').map((address) => address.trim()),
    app: env.ASTERISK_APP || 'rexian',
    databaseUrl: env.DATABASE_URL || null,
    serving: servingUrls(env),
    dataKeyFile: resolve(env.REXIAN_DATA_KEY_FILE || join(home, 'secrets', 'data-keys.json')),
    asteriskUrl: env.ASTERISK_URL || null,
    standby: env.REXIAN_STANDBY !== '0' && servesCalls(env.REXIAN_ROLES),
    folders: {
      prompts: folder('PROMPTS_DIR', 'prompts'),
      recordings: folder('RECORDINGS_DIR', 'recordings'),
      journal: folder('JOURNAL_DIR', 'journal'),
      storage: folder('STORAGE_DIR', 'storage'),
    },
  };
}

/** Where the user lets the calls be served elsewhere, nobody has to stand by for them here. */
const servesCalls = (roles: string | undefined): boolean => !roles || /\b(all|voice)\b/.test(roles);

/** Connection URLs of a database that has been prepared already (`rexian migrate` printed them); null: it is ours to prepare. */
function servingUrls(env: NodeJS.ProcessEnv): { web: string; engine: string } | null {
  const { DATABASE_WEB_URL: web, DATABASE_ENGINE_URL: engine } = env;
  if (web && engine) return { web, engine };
  if (!web && !engine) return null;
  const missing = web ? 'DATABASE_ENGINE_URL' : 'DATABASE_WEB_URL';
  throw new EngineError('bad-setting', `缺少 ${missing}：DATABASE_WEB_URL 与 DATABASE_ENGINE_URL 必须同时设置。`);
}

/** Whether the database is the embedded one. */
export const ownsDatabase = ({ databaseUrl, serving }: Settings): boolean => !databaseUrl && !serving;

export type Secrets = { session: string; ari: string; trial: string; flowTest: string };

/** Generated at the first start, kept in `<home>/secrets`, readable by their owner only; the environment goes first. */
export function readSecrets(home: string, env: NodeJS.ProcessEnv): Secrets {
  const folder = join(home, 'secrets');
  ensureFolder(folder);
  const secret = (variable: string, name: string): string => env[variable] || keptSecret(join(folder, name));
  return {
    session: secret('REXIAN_SECRET', 'session'),
    ari: keptSecret(join(folder, 'ari')),
    trial: secret('TRIAL_PASSWORD', 'trial'),
    flowTest: secret('FLOW_TEST_PASSWORD', 'flow-test'),
  };
}

function port(env: NodeJS.ProcessEnv, variable: string, standard: number): number {
  return parsePort(env[variable] || String(standard), variable);
}

/** A port number from text; `what` names where it came from. */
export function parsePort(text: string, what: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 65535) return number;
  throw new EngineError('bad-setting', `${what} 的值「${text}」不是有效的端口（1–65535）。`);
}

function portRange(env: NodeJS.ProcessEnv, variable: string, standard: string): { start: number; end: number } {
  const text = env[variable] || standard;
  const [first = '', last = ''] = text.split('-');
  const range = { start: parsePort(first, variable), end: parsePort(last, variable) };
  if (range.end - range.start >= 19) return range;
  throw new EngineError('bad-setting', `${variable} 的值「${text}」太小，至少需要 20 个端口，例如 10000-11999。`);
}
