/**
 * A whole platform of its own for tests and benches: PostgreSQL, Asterisk, and the control process, with their own folder and
 * ports, beside whatever else runs. Real engines, real processes.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  defaultHome,
  installPrefix,
  type RunningAsterisk,
  type RunningPostgres,
  startAsterisk,
  startPostgres,
} from '@rexian/engines';
import { PasswordWorkers } from '../auth/passwords.ts';
import { createLogger } from '../platform/log.ts';
import { prepareDatabase, type ServingUrls, servingUrls } from '../platform/prepare.ts';
import { Vault } from '../platform/vault.ts';
import { copyFilled, fill, newKeys } from './filled.ts';

export interface StackOptions {
  /** Folder of this stack below the home; emptied first. */
  name: string;
  /** First of twenty ports in a row: HTTP, PostgreSQL, ARI, SIP; RTP begins at `rtpStart`. */
  basePort: number;
  rtpStart: number;
  rtpPorts?: number;
  /** Seeds the demo centre, without work orders. */
  demo?: boolean;
  /** Called on the prepared database before the control process starts. */
  seed?: (databaseUrl: string, vault: Vault) => Promise<void>;
  logLevel?: string;
  /** Where the control process's output goes; otherwise to ours. */
  logFile?: string;
  env?: Record<string, string>;
}

/** What a control process tells whoever started it. */
export interface ControlMessage {
  type: string;
  message?: string;
  leading?: boolean;
}

export interface Stack {
  url: string;
  /** Of the database's owner, who sees everything. */
  databaseUrl: string;
  urls: ServingUrls;
  /** Opens what the stack has sealed. */
  vault: Vault;
  sipPort: number;
  dir: string;
  trialPassword: string;
  asterisk: RunningAsterisk;
  postgres: RunningPostgres;
  /** Starts an engine again after it was stopped or killed, on the same folder and ports. */
  restartAsterisk(): Promise<void>;
  restartPostgres(): Promise<void>;
  /** The control process now running. */
  control(): ChildProcess;
  /** kill -9, as a crash would; resolves when it is gone. */
  killControl(): Promise<void>;
  startControl(): Promise<void>;
  /** Starts another process beside the first, with further settings; it's ended with the stack. */
  startBeside(env: Record<string, string>, onMessage?: (message: ControlMessage) => void): Promise<ChildProcess>;
  /** Stops everything and removes the folder. */
  close(): Promise<void>;
}

const START_DEADLINE_MS = 60_000;
const MAIN = resolve(import.meta.dirname, '../main.ts');
const WAIT_FOR_PASSWORDS = pathToFileURL(resolve(import.meta.dirname, 'passwords.setup.ts')).href;

export async function startStack(options: StackOptions): Promise<Stack> {
  const home = defaultHome();
  await installPrefix({ home });
  const dir = join(home, 'stacks', options.name);
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const [http, pg, ari, sip] = [0, 1, 2, 3].map((offset) => options.basePort + offset) as [
    number,
    number,
    number,
    number,
  ];
  const folders = {
    promptsDir: join(home, 'prompts'),
    recordingsDir: join(dir, 'recordings'),
    journalDir: join(dir, 'journal'),
  };
  const trialPassword = randomBytes(12).toString('hex');
  const flowTestPassword = randomBytes(12).toString('hex');
  const postgresOptions = { home, dir: join(dir, 'postgres'), port: pg };
  const copied = options.demo === false ? null : await copyFilled(postgresOptions.dir);
  const postgres = await startPostgres(postgresOptions);
  const asteriskOptions = {
    home,
    dir: join(dir, 'asterisk'),
    ports: { http: ari, sip, rtpStart: options.rtpStart, rtpEnd: options.rtpStart + (options.rtpPorts ?? 400) - 1 },
    ari: { user: 'rexian', password: randomBytes(12).toString('hex') },
    app: 'rexian',
    trunkAllow: ['127.0.0.1'],
    trialPassword,
    flowTestPassword,
    bindSip: '127.0.0.1',
    ...folders,
  };
  const asterisk = await startAsterisk(asteriskOptions);
  const keys = copied ?? newKeys();
  const vault = new Vault(keys);
  try {
    if (options.demo === false) await prepareDatabase(postgres.url, vault, createLogger({ level: 'warn' }));
    else if (!copied) await fill(postgres.url, vault);
    await options.seed?.(postgres.url, vault);
  } catch (error) {
    await Promise.all([asterisk.stop(), postgres.stop()]);
    throw error;
  }
  const urls = servingUrls(postgres.url);
  const env = {
    ...process.env,
    REXIAN_HOME: home,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(http),
    DATABASE_WEB_URL: urls.web,
    DATABASE_ENGINE_URL: urls.engine,
    REXIAN_DATA_KEYS: keys.keys.map(({ id, cipher, secret }) => `${id}:${cipher}:${secret}`).join(','),
    ASTERISK_URL: asterisk.url,
    ASTERISK_SIP_PORT: String(sip),
    PROMPTS_DIR: folders.promptsDir,
    RECORDINGS_DIR: folders.recordingsDir,
    JOURNAL_DIR: folders.journalDir,
    STORAGE_DIR: join(dir, 'storage'),
    REXIAN_SECRET: randomBytes(32).toString('hex'),
    TRIAL_PASSWORD: trialPassword,
    FLOW_TEST_PASSWORD: flowTestPassword,
    LOG_LEVEL: options.logLevel ?? 'warn',
    ...options.env,
  };
  let control: ChildProcess | null = null;
  const beside: ChildProcess[] = [];

  const stack: Stack = {
    url: `http://127.0.0.1:${http}`,
    databaseUrl: postgres.url,
    urls,
    vault,
    sipPort: sip,
    dir,
    trialPassword,
    asterisk,
    postgres,
    async restartAsterisk() {
      stack.asterisk = await startAsterisk(asteriskOptions);
    },
    async restartPostgres() {
      stack.postgres = await startPostgres(postgresOptions);
    },
    control() {
      if (!control) throw new Error('no control process runs');
      return control;
    },
    async killControl() {
      await endControl(control, 'SIGKILL');
      control = null;
    },
    async startControl() {
      control = await startControl(env, options.logFile);
    },
    async startBeside(more, onMessage) {
      const child = await startControl({ ...env, ...more }, options.logFile, onMessage);
      beside.push(child);
      return child;
    },
    async close() {
      await Promise.all([...beside, control].map((child) => endControl(child, 'SIGTERM')));
      await stack.asterisk.stop();
      await stack.postgres.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
  try {
    await stack.startControl();
    return stack;
  } catch (error) {
    await stack.close();
    throw error;
  }
}

/** Starts a control process and waits until it serves. */
export async function startControl(
  env: NodeJS.ProcessEnv,
  logFile?: string,
  onMessage?: (message: ControlMessage) => void,
): Promise<ChildProcess> {
  const output = logFile === undefined ? 'inherit' : openSync(logFile, 'a');
  // Who waits for passwords here waits for those behind the server as well.
  const execArgv = [...process.execArgv, ...(PasswordWorkers.yields ? [] : ['--import', WAIT_FOR_PASSWORDS])];
  const child = fork(MAIN, { env, execArgv, stdio: ['ignore', output, output, 'ipc'] });
  if (typeof output === 'number') closeSync(output);
  await new Promise<void>((done, fail) => {
    const timer = setTimeout(() => fail(new Error('control process did not start in time')), START_DEADLINE_MS);
    child.on('message', (message: ControlMessage) => {
      onMessage?.(message);
      if (message.type !== 'ready' && message.type !== 'failed') return;
      clearTimeout(timer);
      if (message.type === 'ready') done();
      else fail(new Error(message.message ?? 'control process failed'));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(new Error(`control process ended with ${code}`));
    });
  });
  return child;
}

export async function endControl(child: ChildProcess | null, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill(signal);
  await exit;
}
