/** Passwords: argon2id (RFC 9106), deliberately slow, in processes of lowest priority behind a bounded queue. */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { refusal } from '../platform/errors.ts';

export type PasswordTask =
  | { kind: 'hash'; password: string }
  | { kind: 'verify'; hash: string | null; password: string }
  | { kind: 'guessable'; password: string; personal: string[] };
export type PasswordAnswer = { value: unknown } | { error: string };

interface Job {
  task: PasswordTask;
  timer: NodeJS.Timeout;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const WORKERS = availableParallelism() > 2 ? 2 : 1;
const MAX_WAITING = 100;
const DEADLINE_MS = 8_000;

/** Workers start with the first password and never keep a process alive that has nothing else to do. */
export class PasswordWorkers {
  /** Whether workers started from now on let everybody else go first. Tests that fill the machine would wait for ever. */
  static yields = true;
  readonly #options: { workers: number; maxWaiting: number; deadlineMs: number; yields?: boolean };
  readonly #waiting: Job[] = [];
  readonly #busy = new Map<ChildProcess, Job>();
  readonly #idle: ChildProcess[] = [];
  #closed = false;

  constructor(options: { workers?: number; maxWaiting?: number; deadlineMs?: number; yields?: boolean } = {}) {
    this.#options = { workers: WORKERS, maxWaiting: MAX_WAITING, deadlineMs: DEADLINE_MS, ...options };
  }

  /** Refuses with BUSY when too many wait, or when there is no answer by the deadline. */
  ask<Answer>(task: PasswordTask): Promise<Answer> {
    if (this.#closed || this.#waiting.length >= this.#options.maxWaiting) return Promise.reject(refusal('BUSY'));
    return new Promise<Answer>((resolve, reject) => {
      const job: Job = {
        task,
        resolve: (value) => resolve(value as Answer),
        reject,
        timer: setTimeout(() => this.#giveUp(job), this.#options.deadlineMs),
      };
      this.#waiting.push(job);
      this.#next();
    });
  }

  /** Whatever still waits is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    const jobs = [...this.#waiting.splice(0), ...this.#busy.values()];
    for (const job of jobs) this.#giveUp(job);
    const workers = [...this.#idle.splice(0), ...this.#busy.keys()];
    for (const worker of workers) worker.kill('SIGKILL');
  }

  #next(): void {
    if (this.#closed || this.#waiting.length === 0) return;
    const worker = this.#idle.pop() ?? (this.#busy.size < this.#options.workers ? this.#start() : null);
    const job = worker && this.#waiting.shift();
    if (!job) return;
    this.#busy.set(worker, job);
    holds(worker, true);
    worker.send(job.task);
  }

  #giveUp(job: Job): void {
    clearTimeout(job.timer);
    const place = this.#waiting.indexOf(job);
    if (place >= 0) this.#waiting.splice(place, 1);
    job.reject(refusal('BUSY'));
  }

  /** Detached: a session of its own, so that its priority counts against the whole machine (password-worker.ts). */
  #start(): ChildProcess {
    const script = fileURLToPath(new URL('./password-worker.ts', import.meta.url));
    const worker = fork(script, (this.#options.yields ?? PasswordWorkers.yields) ? ['yield'] : [], {
      detached: true,
      stdio: 'ignore',
    });
    worker.on('message', (answer: PasswordAnswer) => {
      const job = this.#busy.get(worker);
      this.#busy.delete(worker);
      this.#idle.push(worker);
      holds(worker, false);
      if (job) settle(job, answer);
      this.#next();
    });
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', (code) => this.#lost(worker, new Error(`password worker ended with ${code}`)));
    return worker;
  }

  /** The next task starts another one. */
  #lost(worker: ChildProcess, error: Error): void {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    const place = this.#idle.indexOf(worker);
    if (place >= 0) this.#idle.splice(place, 1);
    if (job) settle(job, { error: error.message });
    this.#next();
  }
}

function settle(job: Job, answer: PasswordAnswer): void {
  clearTimeout(job.timer);
  if ('error' in answer) job.reject(new Error(answer.error));
  else job.resolve(answer.value);
}

/** Whether a worker keeps this process alive. */
function holds(worker: ChildProcess, alive: boolean): void {
  if (alive) worker.ref();
  else worker.unref();
  if (alive) worker.channel?.ref();
  else worker.channel?.unref();
}

const workers = new PasswordWorkers();

/** The form that is stored. */
export const hashPassword = (password: string) => workers.ask<string>({ kind: 'hash', password });

/** The same for a seed: on a machine that is very busy, too, and not behind everybody else, for there are no calls yet. */
export async function hashPasswordInTime(password: string): Promise<string> {
  const patient = new PasswordWorkers({ workers: 1, deadlineMs: 120_000, yields: false });
  try {
    return await patient.ask<string>({ kind: 'hash', password });
  } finally {
    await patient.close();
  }
}

/** Against null or a hash that isn't one nothing is right, and it takes as long. `outdated`: made with other parameters than today's. */
export const verifyPassword = (hash: string | null, password: string) =>
  workers.ask<{ right: boolean; outdated: boolean }>({ kind: 'verify', hash, password });

/** Whether it is among what attackers try first; `personal`: words that belong to the person. */
export const isGuessable = (password: string, personal: string[]) =>
  workers.ask<boolean>({ kind: 'guessable', password, personal });
