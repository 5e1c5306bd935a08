import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, type RunningAsterisk, type RunningPostgres } from '@rexian/engines';
import { firstAccountLines, newKeyAdvice } from './banner.ts';
import { type ControlName, ControlProcess, controlTitles, type DemoLogin, type Ready } from './control.ts';
import { installEngines, openAsterisk, openPostgres, tendAsteriskLog } from './engines.ts';
import { endOf, keepAlive } from './keep-alive.ts';
import { LogFile } from './log-file.ts';
import type { FirstAccount, ServingUrls } from './prepare.ts';
import { ownsDatabase, readSecrets, type Secrets, type Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';
import { buildWeb, needsBuild, webWorkspaces } from './web-build.ts';

const openingMs = 10_000;
/** It mostly waits: V8 need not keep room for a storm of requests (a sixth less memory). */
const standbyEnvironment = {
  REXIAN_ROLES: 'voice',
  NODE_OPTIONS: [process.env.NODE_OPTIONS, '--max-semi-space-size=4'].filter(Boolean).join(' '),
};

/** The processes of one centre: started in order, kept alive, stopped in the opposite order. */
export class Centre {
  readonly log: LogFile;
  private postgres: RunningPostgres | null = null;
  private asterisk: RunningAsterisk | null = null;
  private control: ControlProcess | null = null;
  private standby: ControlProcess | null = null;
  private serving: ServingUrls | null = null;
  /** Made at this start, of a database that was empty. */
  firstAccount: FirstAccount | null = null;
  /** Demo people in the database that we prepared. */
  private demo: DemoLogin[] = [];
  private opening: Promise<void> = Promise.resolve();
  private readonly settings: Settings;
  private readonly secrets: Secrets;
  private readonly terminal: Terminal;
  private readonly signal: AbortSignal;

  /** `signal` ends starting and supervision; stop() must be called all the same. */
  constructor(settings: Settings, terminal: Terminal, signal: AbortSignal) {
    this.settings = settings;
    this.terminal = terminal;
    this.signal = signal;
    this.secrets = readSecrets(settings.home, process.env);
    this.log = new LogFile(join(settings.logFolder, 'control.log'));
  }

  /** Installs and builds what is missing, then starts everything. Throws EngineError, or the signal's reason. */
  async start(): Promise<Ready> {
    const { settings, terminal, signal } = this;
    await terminal.step('安装语音引擎', (report) => installEngines(settings.home, report));
    signal.throwIfAborted();
    for (const workspace of webWorkspaces.filter(needsBuild)) {
      const built = await terminal.step('构建网页', (report) => buildWeb(workspace, report));
      if (!built) terminal.line(`  ${workspace} 还没有 vite 配置，跳过构建`);
      signal.throwIfAborted();
    }
    if (ownsDatabase(settings)) await terminal.step('启动数据库', (report) => this.open(this.openPostgres(report)));
    signal.throwIfAborted();
    this.serving = settings.serving ?? (await this.prepareDatabase());
    signal.throwIfAborted();
    if (!settings.asteriskUrl) await terminal.step('启动语音引擎', (report) => this.open(this.openAsterisk(report)));
    signal.throwIfAborted();
    return terminal.step('启动控制进程', async (report) => {
      report({ step: '启动控制进程' });
      const url = await this.openControl('control').ready();
      return { url, demo: this.demo };
    });
  }

  /** Remembers a start under way: a stop meanwhile must not leave behind what comes of it. */
  private open(start: Promise<void>): Promise<void> {
    this.opening = start.catch(() => {});
    return start;
  }

  /** As its owner, which the control process never is. */
  private async prepareDatabase(): Promise<ServingUrls> {
    const { settings, terminal, postgres } = this;
    // Loaded here: the other commands need no database driver.
    const { prepare } = await import('./prepare.ts');
    const ownerUrl = settings.databaseUrl ?? postgres?.url ?? '';
    const demo = process.env.REXIAN_DEMO !== '0';
    const { urls, first, newKeyFile, logins } = await terminal.step('准备数据库', () =>
      prepare(ownerUrl, settings, demo),
    );
    if (newKeyFile) terminal.warn(newKeyAdvice(settings.dataKeyFile));
    // At once, and again when everything serves: a start that fails later must not swallow it.
    if (first) for (const line of firstAccountLines(first)) terminal.line(line);
    this.firstAccount = first;
    this.demo = logins;
    return urls;
  }

  private async openPostgres(report: Parameters<typeof openPostgres>[1]): Promise<void> {
    this.postgres = await openPostgres(this.settings, report);
    const { reused, pid, dataFolder } = this.postgres;
    if (reused) this.terminal.line(`  数据库仍在运行（进程 ${pid}），直接使用`);
    if (!dataFolder.startsWith(this.settings.home)) this.terminal.line(`  数据库文件存放在 ${dataFolder}`);
  }

  private async openAsterisk(report: Parameters<typeof openPostgres>[1]): Promise<void> {
    this.asterisk = await openAsterisk(this.settings, this.secrets, report);
    if (this.asterisk.reused) this.terminal.line(`  语音引擎仍在运行（进程 ${this.asterisk.pid}），通话不中断`);
  }

  private openControl(name: ControlName): ControlProcess {
    const process = new ControlProcess(name, this.environment(name), this.settings.runFolder, this.log);
    this[name] = process;
    return process;
  }

  /** What a control process is told; what the user has set himself goes through untouched. */
  private environment(name: ControlName): NodeJS.ProcessEnv {
    const { settings, secrets, serving, asterisk } = this;
    return {
      REXIAN_DEMO: '1',
      ...process.env,
      REXIAN_HOME: settings.home,
      HTTP_HOST: settings.http.host,
      HTTP_PORT: String(settings.http.port),
      DATABASE_URL: undefined,
      DATABASE_WEB_URL: serving?.web,
      DATABASE_ENGINE_URL: serving?.engine,
      REXIAN_DATA_KEY_FILE: settings.dataKeyFile,
      ASTERISK_URL: settings.asteriskUrl ?? asterisk?.url,
      ASTERISK_APP: settings.app,
      ASTERISK_SIP_PORT: String(settings.sip.port),
      PROMPTS_DIR: settings.folders.prompts,
      RECORDINGS_DIR: settings.folders.recordings,
      JOURNAL_DIR: settings.folders.journal,
      STORAGE_DIR: settings.folders.storage,
      REXIAN_SECRET: secrets.session,
      // An Asterisk of the user's own knows these passwords only if he gave them.
      TRIAL_PASSWORD: settings.asteriskUrl ? process.env.TRIAL_PASSWORD : secrets.trial,
      FLOW_TEST_PASSWORD: settings.asteriskUrl ? process.env.FLOW_TEST_PASSWORD : secrets.flowTest,
      ...(name === 'standby' ? standbyEnvironment : {}),
    };
  }

  /** Starts again whatever ends, until the signal. */
  async supervise(): Promise<void> {
    const { postgres, asterisk, terminal, signal, settings, secrets } = this;
    const watched = (pid: number): { ended: Promise<string> } => ({ ended: endOf(pid, signal) });
    const loops: Promise<void>[] = [];
    if (postgres) {
      const again = async () => {
        this.postgres = await openPostgres(settings, () => {});
        return watched(this.postgres.pid);
      };
      loops.push(keepAlive('数据库', watched(postgres.pid), again, terminal, signal));
    }
    if (asterisk) {
      tendAsteriskLog(settings, asterisk.url, signal);
      const again = async () => {
        this.asterisk = await openAsterisk(settings, secrets, () => {});
        return watched(this.asterisk.pid);
      };
      loops.push(keepAlive('语音引擎', watched(asterisk.pid), again, terminal, signal));
    }
    if (this.control) loops.push(this.keepControl('control', this.control));
    if (settings.standby) loops.push(this.keepControl('standby', this.openControl('standby')));
    await Promise.all(loops);
  }

  private keepControl(name: ControlName, first: ControlProcess): Promise<void> {
    const again = async () => {
      const next = this.openControl(name);
      await next.ready().catch(async (error: unknown) => {
        await next.stop();
        throw error;
      });
      return next;
    };
    return keepAlive(controlTitles[name], first, again, this.terminal, this.signal);
  }

  /** Standby (which must not take over), control process, Asterisk, PostgreSQL; each is tried whatever became of the one before. */
  async stop(): Promise<void> {
    await Promise.race([this.opening, sleep(openingMs)]);
    const steps = [
      () => this.standby?.stop(),
      () => this.control?.stop(),
      () => this.asterisk?.stop(),
      () => this.postgres?.stop(),
    ];
    for (const step of steps) {
      await Promise.resolve(step()).catch((error: unknown) => {
        this.terminal.fail(error instanceof Error ? error.message : String(error));
      });
    }
  }

  /** The second Ctrl-C: nobody is asked any more. PostgreSQL recovers at its next start. */
  async kill(): Promise<void> {
    this.standby?.kill();
    this.control?.kill();
    if (this.asterisk) await endProcess(this.asterisk.pid, [['SIGKILL', 2_000]]);
    if (this.postgres) {
      await endProcess(this.postgres.pid, [
        ['SIGQUIT', 2_000],
        ['SIGKILL', 1_000],
      ]);
    }
  }
}
