/**
 * The index as an API process asks it. It is kept by a thread, so that neither building nor asking holds up requests; a thread that dies is
 * replaced, one that doesn't answer as well. See docs/adr/0025.
 */
import { Worker } from 'node:worker_threads';
import { refusal } from '../platform/errors.ts';
import type { Hint, HintListener } from '../platform/hints.ts';
import type { Logger } from '../platform/log.ts';
import type { Answer, EmbedderPlace, FromIndex, IndexData, Question, ToIndex } from './questions.ts';

const DEADLINE_MS = 5_000;
/** A thread that misses so many deadlines in a row hangs. */
const HANGS = 5;
/** Hints come at once; what is missed all the same is found after this long. */
const LOOK_MS = 60_000;
const RESTART_MS = 500;
const RESTART_MOST_MS = 30_000;

interface Waiting {
  question: Question;
  timer: NodeJS.Timeout;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export interface FinderOptions {
  /** The engine's database. */
  url: string;
  hints: HintListener;
  log: Logger;
  /** Left out: words alone count. */
  embedder?: EmbedderPlace | null;
  deadlineMs?: number;
}

export class KnowledgeFinder {
  readonly #options: FinderOptions;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | null = null;
  #ready = false;
  #closed = false;
  #number = 0;
  #missed = 0;
  #died = 0;
  #restart: NodeJS.Timeout | null = null;

  constructor(options: FinderOptions) {
    this.#options = options;
    options.hints.onHint((hint) => this.#hear(hint));
    options.hints.onGap(() => this.#tell({ tell: 'look' }));
  }

  /** Builds the index; else the first question does. */
  start(): void {
    if (!this.#thread && !this.#restart && !this.#closed) this.#begin();
  }

  /** Refuses with BUSY while there is no index yet for longer than the deadline, or no answer by then. */
  ask<Q extends Question>(question: Q): Promise<Answer<Q>> {
    this.start();
    if (this.#closed) return Promise.reject(busy());
    return new Promise<Answer<Q>>((resolve, reject) => {
      this.#number += 1;
      const number = this.#number;
      const timer = setTimeout(() => this.#miss(number), this.#options.deadlineMs ?? DEADLINE_MS);
      const done = (answer: unknown) => resolve(answer as Answer<Q>);
      this.#waiting.set(number, { question, timer, resolve: done, reject });
      if (this.#ready) this.#tell({ tell: 'question', number, question });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#restart) clearTimeout(this.#restart);
    for (const number of [...this.#waiting.keys()]) this.#settle(number)?.reject(busy());
    await this.#thread?.terminate();
  }

  #begin(): void {
    this.#restart = null;
    const { url, embedder = null } = this.#options;
    const workerData: IndexData = { url, embedder, lookMs: LOOK_MS };
    const thread = new Worker(new URL('./worker.ts', import.meta.url), { workerData, name: 'knowledge index' });
    this.#thread = thread;
    thread.on('message', (message: FromIndex) => this.#receive(message));
    thread.on('error', (error) => this.#options.log.error({ error: String(error) }, 'knowledge index failed'));
    thread.on('exit', () => this.#ended(thread));
  }

  #receive(message: FromIndex): void {
    const { log } = this.#options;
    switch (message.tell) {
      case 'ready':
        this.#ready = true;
        this.#died = 0;
        log.info(
          { entries: message.entries, ms: message.ms, megabytes: Math.round(process.memoryUsage().rss / 1e6) },
          'knowledge index is ready',
        );
        for (const [number, { question }] of this.#waiting) this.#tell({ tell: 'question', number, question });
        return;
      case 'embedded': {
        const { tell, ...facts } = message;
        log.info(facts, 'knowledge entries are embedded');
        return;
      }
      case 'fault':
        log.warn({ error: message.error }, 'knowledge index');
        return;
      case 'answer':
        this.#missed = 0;
        this.#settle(message.number)?.resolve(message.answer);
        return;
      case 'failed':
        this.#settle(message.number)?.reject(new Error(message.error));
    }
  }

  #settle(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number);
    if (waiting) clearTimeout(waiting.timer);
    this.#waiting.delete(number);
    return waiting;
  }

  #miss(number: number): void {
    this.#settle(number)?.reject(busy());
    if (!this.#ready) return;
    this.#missed += 1;
    if (this.#missed < HANGS) return;
    this.#missed = 0;
    this.#options.log.error('knowledge index does not answer');
    void this.#thread?.terminate();
  }

  /** What was asked waits for the next one, up to its deadline. */
  #ended(thread: Worker): void {
    if (thread !== this.#thread) return;
    this.#thread = null;
    this.#ready = false;
    if (this.#closed) return;
    const after = Math.min(RESTART_MS * 2 ** this.#died, RESTART_MOST_MS);
    this.#died += 1;
    this.#options.log.error({ after }, 'knowledge index has ended, beginning anew');
    this.#restart = setTimeout(() => this.#begin(), after);
  }

  #hear(hint: Hint): void {
    if (hint.topic !== 'knowledge') return;
    const { what, ids } = hint;
    this.#tell(what === 'terms' ? { tell: 'changed', what } : { tell: 'changed', what, ids });
  }

  #tell(message: ToIndex): void {
    this.#thread?.postMessage(message);
  }

  /** For tests of what happens when it dies. */
  get thread(): Worker | null {
    return this.#thread;
  }
}

const busy = () => refusal('BUSY', '检索正在准备，请稍后再试');
