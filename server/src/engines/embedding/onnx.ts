/**
 * An embedding model that the user brings, as an embedder: a folder with `model.onnx` and `tokenizer.json` or `vocab.txt`. It computes in a
 * thread of its own, so that nobody waits for it who doesn't want to. See docs/adr/0026.
 */
import { basename, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Embedder } from '@rexian/knowledge/embedder.ts';
import type { FromModel, ToModel } from './onnx-thread.ts';

/** A model of some hundred megabytes is read and compiled by then; a few texts take much less. */
const OPEN_MS = 120_000;
const EMBED_MS = 30_000;

interface Waiting {
  timer: NodeJS.Timeout;
  resolve(vectors: Float32Array[]): void;
  reject(error: Error): void;
}

/** Rejects with what is missing or broken. */
export async function openOnnxEmbedder(folder: string): Promise<OnnxEmbedder> {
  const thread = new Worker(new URL('./onnx-thread.ts', import.meta.url), {
    workerData: resolve(folder),
    name: 'embedder',
  });
  try {
    return new OnnxEmbedder(basename(resolve(folder)), await opened(thread), thread);
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}

function opened(thread: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the model takes too long to open')), OPEN_MS);
    const settle = (done: () => void) => {
      clearTimeout(timer);
      done();
    };
    thread.once('error', (error) => settle(() => reject(error)));
    thread.once('message', (message: FromModel) =>
      settle(() => {
        if (message.tell === 'open' && message.dimensions > 0) resolve(message.dimensions);
        else reject(new Error(message.tell === 'broken' ? message.error : 'the model gives no vectors'));
      }),
    );
  });
}

export class OnnxEmbedder implements Embedder {
  readonly name: string;
  readonly dimensions: number;
  readonly #thread: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #number = 0;
  #closed = false;

  constructor(name: string, dimensions: number, thread: Worker) {
    this.name = name;
    this.dimensions = dimensions;
    this.#thread = thread;
    thread.on('message', (message: FromModel) => this.#receive(message));
    thread.on('error', (error) => this.#end(error as Error));
    thread.on('exit', () => this.#end(new Error('the thread of the model has ended')));
  }

  embed(texts: readonly string[]): Promise<Float32Array[]> {
    if (this.#closed) return Promise.reject(new Error('the embedder is closed'));
    return new Promise((resolve, reject) => {
      this.#number += 1;
      const number = this.#number;
      const timer = setTimeout(() => this.#end(new Error('the model does not answer')), EMBED_MS);
      this.#waiting.set(number, { timer, resolve, reject });
      this.#thread.postMessage({ number, texts } satisfies ToModel);
    });
  }

  async close(): Promise<void> {
    this.#end(new Error('the embedder is closed'));
    await this.#thread.terminate();
  }

  #receive(message: FromModel): void {
    if (message.tell === 'vectors') this.#settle(message.number)?.resolve(message.vectors);
    if (message.tell === 'failed') this.#settle(message.number)?.reject(new Error(message.error));
  }

  #settle(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number);
    if (waiting) clearTimeout(waiting.timer);
    this.#waiting.delete(number);
    return waiting;
  }

  /** For good. */
  #end(error: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const number of [...this.#waiting.keys()]) this.#settle(number)?.reject(error);
    void this.#thread.terminate();
  }
}
