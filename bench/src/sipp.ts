/** Runs SIPp: scenarios of ../sipp with their words filled in, in a work folder that also takes their traces. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tool } from '@rexian/engines';

const SCENARIOS = resolve(import.meta.dirname, '../sipp');

export interface SippRun {
  home: string;
  folder: string;
  /** File in bench/sipp without `.xml`. */
  scenario: string;
  /** Words in the scenario that are replaced, as `STAY_MS`. */
  words?: Record<string, number | string>;
  /** host:port of the platform. */
  target: string;
  localPort: number;
  mediaPort: number;
  args: readonly string[];
}

export class Sipp {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number>;
  readonly #run: SippRun;

  private constructor(child: ChildProcess, run: SippRun) {
    this.#child = child;
    this.#run = run;
    const abandon = (): void => void child.kill('SIGKILL');
    process.once('exit', abandon);
    this.#ended = new Promise((done) => {
      child.once('exit', (code, signal) => {
        process.off('exit', abandon);
        done(code ?? (signal ? 128 : 1));
      });
    });
  }

  static start(run: SippRun): Sipp {
    const scenario = join(run.folder, `${run.scenario}.xml`);
    let xml = readFileSync(join(SCENARIOS, `${run.scenario}.xml`), 'utf8');
    for (const [word, value] of Object.entries(run.words ?? {})) xml = xml.replaceAll(word, String(value));
    writeFileSync(scenario, xml);
    const { command, args, env } = tool(run.home, 'sipp');
    const log = openSync(join(run.folder, `${run.scenario}.log`), 'w');
    const own = [
      ...['-sf', scenario, '-i', '127.0.0.1', '-mi', '127.0.0.1'],
      ...['-p', String(run.localPort), '-mp', String(run.mediaPort), '-t', 'u1', '-nostdin'],
    ];
    const child = spawn(command, [...args, run.target, ...own, ...run.args], {
      cwd: run.folder,
      stdio: ['ignore', log, log],
      // The traces are read as UTC; SIPp wants a terminal's name even without a terminal.
      env: { ...process.env, ...env, TZ: 'UTC', TERM: process.env.TERM ?? 'dumb' },
    });
    closeSync(log);
    return new Sipp(child, run);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Waits for the end; rejects, after killing it, when that takes longer. 0: all calls succeeded; 1: at least one failed. */
  async finished(deadlineMs: number): Promise<number> {
    const code = await Promise.race([this.#ended, sleep(deadlineMs, null, { ref: false })]);
    if (code === null) {
      await this.stop();
      throw new Error(`sipp ${this.#run.scenario} did not end in ${deadlineMs} ms`);
    }
    if (code > 1) throw new Error(`sipp ${this.#run.scenario} ended with ${code}:\n${this.#tail()}`);
    return code;
  }

  /** Fails at once when SIPp could not even start (wrong scenario, taken port). */
  async settled(ms: number): Promise<void> {
    const code = await Promise.race([this.#ended, sleep(ms, null)]);
    if (code !== null) throw new Error(`sipp ${this.#run.scenario} ended at once with ${code}:\n${this.#tail()}`);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** The file that SIPp's options `-trace_<kind>` wrote, '' when there is none. */
  trace(kind: 'messages' | 'rtt' | 'errors' | ''): string {
    const suffix = kind === '' ? '.csv' : kind === 'rtt' ? '_rtt.csv' : `_${kind}.log`;
    const name = `${this.#run.scenario}_${this.pid}_${suffix}`.replace('__', '_');
    const file = readdirSync(this.#run.folder).find((one) => one === name);
    return file ? readFileSync(join(this.#run.folder, file), 'utf8') : '';
  }

  #tail(): string {
    const log = readFileSync(join(this.#run.folder, `${this.#run.scenario}.log`), 'utf8');
    return `${log.trimEnd().split('\n').slice(-12).join('\n')}\n${this.trace('errors').slice(0, 1_000)}`;
  }
}
