/** Configuration from the environment, checked once at the start; a wrong value stops the process with a clear message. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65535);
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ });
/** TLS, except on this very machine. */
const isSecure = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
};
const secureUrl = z.url({ protocol: /^https?$/ }).refine(isSecure, 'expected https (http only on this machine)');
const flag = z.enum(['0', '1']).transform((value) => value === '1');

/** Addresses or networks, separated by commas. */
const networks = z
  .string()
  .regex(/^[0-9a-fA-F.:/]{3,}(?:\s*,\s*[0-9a-fA-F.:/]{3,})*$/, 'expected addresses or networks')
  .optional()
  .transform((value) => value?.split(',').map((part) => part.trim()) ?? []);

const schema = z.object({
  REXIAN_HOME: z.string().default(resolve(import.meta.dirname, '../../../.rexian')),
  HTTP_HOST: z.string().default('0.0.0.0'),
  HTTP_PORT: port.default(12366),
  /** The database's owner: prepares it at the start. Not needed where DATABASE_WEB_URL and DATABASE_ENGINE_URL are given. */
  DATABASE_URL: databaseUrl.optional(),
  /** The role that runs what people ask for, and the one that runs calls and jobs (`rexian migrate` prints both). */
  DATABASE_WEB_URL: databaseUrl.optional(),
  DATABASE_ENGINE_URL: databaseUrl.optional(),
  ASTERISK_URL: z.url({ protocol: /^https?$/ }),
  ASTERISK_APP: z
    .string()
    .regex(/^[\w-]+$/)
    .default('rexian'),
  /** What IP phones register at; shown to agents. */
  ASTERISK_SIP_HOST: z.string().default('127.0.0.1'),
  ASTERISK_SIP_PORT: port.default(5060),
  /** Folders that this process and Asterisk see under the same path. */
  PROMPTS_DIR: z.string().optional(),
  RECORDINGS_DIR: z.string().optional(),
  JOURNAL_DIR: z.string().optional(),
  STORAGE_DIR: z.string().optional(),
  REXIAN_SECRET: z.string().min(32),
  /** Keys of personal data: `id:cipher:base64,…` with the active one first, or a file of `rexian keys`. */
  REXIAN_DATA_KEYS: z.string().optional(),
  REXIAN_DATA_KEY_FILE: z.string().optional(),
  /** Password of the public 来电体验 account; unset: the page is closed. */
  TRIAL_PASSWORD: z.string().min(8).optional(),
  /** Password of the account that the flow editor's test calls use; unset: flows can't be tested by phone. */
  FLOW_TEST_PASSWORD: z.string().min(8).optional(),
  REXIAN_DEMO: flag.default(false),
  REXIAN_ROLES: z.string().default('api,voice,worker'),
  /**
   * Whose X-Forwarded-* is believed: addresses or networks of the reverse proxies, or how many of them stand in a row (`1`). `0`: nobody's.
   * Cookies become Secure where such a proxy says that the request came over TLS.
   */
  TRUST_PROXY: z
    .string()
    .regex(
      /^(?:[0-9]|[0-9a-fA-F.:/]{3,}(?:\s*,\s*[0-9a-fA-F.:/]{3,})*)$/,
      'expected 0, a number of proxies, or addresses',
    )
    .default('0')
    .transform((value) => (/^\d$/.test(value) ? Number(value) : value.split(',').map((part) => part.trim()))),
  /** Our own address as browsers see it, where a proxy doesn't pass the host on; single sign-on comes back to it. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Single sign-on with OpenID Connect: the provider's issuer, and what we are there. */
  OIDC_ISSUER: secureUrl.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** What the button on the sign-in page says. */
  OIDC_NAME: z.string().min(1).max(20).default('统一身份认证'),
  /** Which claim is the person's login here. */
  OIDC_LOGIN_CLAIM: z.string().min(1).default('preferred_username'),
  /**
   * Addresses or networks inside that flows may ask (their node 查询接口), separated by commas. Without it only public addresses are asked:
   * who may edit flows must not reach into the house by it.
   */
  LOOKUP_NETWORKS: networks,
  /** The same for platforms that orders are exchanged with (协同平台); only there they may do without TLS. */
  PARTNER_NETWORKS: networks,
  /** JSON file of systems that flows ask by name, with their secrets (engines/lookup/services.ts). */
  LOOKUP_SERVICES_FILE: z.string().optional(),
  /** What speaks prompts. `http`: a service that takes OpenAI's `POST /v1/audio/speech`; `sherpa-onnx`: a model on this machine. */
  SPEECH_ENGINE: z.enum(['espeak-ng', 'sherpa-onnx', 'http']).default('espeak-ng'),
  /** The service's name of a voice, or the number of a speaker in the model. */
  SPEECH_VOICE: z.string().max(100).optional(),
  /** Times the usual speed. */
  SPEECH_SPEED: z.coerce.number().min(0.25).max(4).default(1),
  SPEECH_HTTP_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** The service is inside and without TLS: texts and key go there in the clear. */
  SPEECH_HTTP_PLAIN: flag.default(false),
  SPEECH_HTTP_KEY: z.string().optional(),
  SPEECH_HTTP_MODEL: z.string().default('tts-1'),
  /** JSON file of what sherpa-onnx's OfflineTts takes. */
  SPEECH_SHERPA_CONFIG: z.string().optional(),
  /** An SMS platform (engines/sms/http.ts says what it must take); unset: flows send no short messages. */
  SMS_URL: secureUrl.optional(),
  SMS_TOKEN: z.string().min(1).optional(),
  /** Short messages that people and workflows may send to one number in a day. */
  SMS_PER_NUMBER_PER_DAY: z.coerce.number().int().min(1).max(1_000).default(10),
  /** Folder of an embedding model (engines/embedding/onnx.ts says what is in it); unset: knowledge is found by words alone. */
  KNOWLEDGE_EMBEDDER_DIR: z.string().min(1).optional(),
  /** The cosine that texts reach in that model which have nothing to do with each other. */
  KNOWLEDGE_EMBEDDER_UNRELATED: z.coerce.number().min(0).max(0.95).default(0.5),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_PERSONAL: flag.default(false),
});

const roles = ['api', 'voice', 'worker'] as const;
export type ServerRole = (typeof roles)[number];
export type Config = ReturnType<typeof readConfig>;

/** Reads and completes the configuration. Throws an Error that names every wrong variable. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`configuration is wrong: ${wrong.join('; ')}`);
  }
  const value = parsed.data;
  const wanted = value.REXIAN_ROLES === 'all' ? [...roles] : value.REXIAN_ROLES.split(',').map((r) => r.trim());
  const unknown = wanted.find((r) => !(roles as readonly string[]).includes(r));
  if (unknown !== undefined) throw new Error(`REXIAN_ROLES: unknown role '${unknown}', expected ${roles.join(', ')}`);
  const folders = {
    prompts: value.PROMPTS_DIR ?? join(value.REXIAN_HOME, 'prompts'),
    recordings: value.RECORDINGS_DIR ?? join(value.REXIAN_HOME, 'recordings'),
    journal: value.JOURNAL_DIR ?? join(value.REXIAN_HOME, 'journal'),
    storage: value.STORAGE_DIR ?? join(value.REXIAN_HOME, 'storage'),
  };
  if (!value.DATABASE_URL && !(value.DATABASE_WEB_URL && value.DATABASE_ENGINE_URL))
    throw new Error('configuration is wrong: set DATABASE_URL, or both DATABASE_WEB_URL and DATABASE_ENGINE_URL');
  if (value.OIDC_ISSUER && !value.OIDC_CLIENT_ID)
    throw new Error('configuration is wrong: OIDC_ISSUER needs OIDC_CLIENT_ID');
  if (value.SPEECH_ENGINE === 'http' && !value.SPEECH_HTTP_URL)
    throw new Error('configuration is wrong: SPEECH_ENGINE=http needs SPEECH_HTTP_URL');
  if (value.SPEECH_HTTP_URL && !value.SPEECH_HTTP_PLAIN && !isSecure(value.SPEECH_HTTP_URL))
    throw new Error(
      'configuration is wrong: SPEECH_HTTP_URL: expected https (http only on this machine, or with SPEECH_HTTP_PLAIN=1)',
    );
  if (value.SPEECH_ENGINE === 'sherpa-onnx' && !value.SPEECH_SHERPA_CONFIG)
    throw new Error('configuration is wrong: SPEECH_ENGINE=sherpa-onnx needs SPEECH_SHERPA_CONFIG');
  if (value.SPEECH_ENGINE === 'sherpa-onnx' && !/^\d*$/.test(value.SPEECH_VOICE ?? ''))
    throw new Error('configuration is wrong: SPEECH_VOICE is the number of a speaker');
  const dataKeyFile = value.REXIAN_DATA_KEY_FILE ?? join(value.REXIAN_HOME, 'secrets', 'data-keys.json');
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  return { ...value, roles: new Set(wanted as ServerRole[]), folders, dataKeyFile };
}
