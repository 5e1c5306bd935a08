/**
 * sherpa-onnx as a speech engine: neural voices on this machine, with a model that the user brings. It computes in a process of its own at
 * the lowest priority, so that calls never wait for it; what breaks it breaks nothing else.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { SherpaAnswer, SherpaQuestion } from './sherpa-process.ts';
import type { SpeechEngine } from './speech.ts';

export interface SherpaOptions {
  /** JSON file of what sherpa-onnx's `OfflineTts` takes; paths in it are relative to it. */
  config: string;
  /** Number of the speaker within the model. */
  speaker: number;
  speed: number;
  /** The package that speaks; tests bring a stand-in. */
  module?: string;
  deadlineMs?: number;
}

const MODULE = 'sherpa-onnx-node';
/** Loading a model takes seconds; the first text waits for it. */
const DEADLINE_MS = 60_000;
const PROCESS = resolve(import.meta.dirname, 'sherpa-process.ts');

/** Throws in Chinese when the package or the model's configuration is missing. */
export function sherpa({
  config,
  speaker,
  speed,
  module = MODULE,
  deadlineMs = DEADLINE_MS,
}: SherpaOptions): SpeechEngine {
  const model = readConfig(config);
  const path = modulePath(module);
  const speaking = new SherpaProcess([path, resolve(config), String(speaker), String(speed)], deadlineMs);
  return {
    name: 'sherpa-onnx',
    capabilities: {
      languages: ['zh-CN'],
      sampleRate: null,
      ssml: false,
      needsModel: true,
      streaming: false,
      voices: null,
      speed: { min: 0.5, max: 2 },
    },
    version: `sherpa-onnx ${createHash('sha256').update(model).digest('hex').slice(0, 16)} ${speaker} ${speed}`,
    synthesize: (text, target) => speaking.speak({ text, target }),
    close: () => speaking.close(),
  };
}

function readConfig(file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new Error(`SPEECH_SHERPA_CONFIG：无法读取模型配置 ${file}（${(error as Error).message}）`);
  }
}

function modulePath(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(`SPEECH_ENGINE=sherpa-onnx 需要 ${name}，请先运行 npm install -w server ${name}`);
  }
}

/** Starts with the first text, and again with the next after it has ended. */
class SherpaProcess {
  readonly #args: string[];
  readonly #deadlineMs: number;
  readonly #waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  #child: ChildProcess | null = null;
  #last = 0;

  constructor(args: string[], deadlineMs: number) {
    this.#args = args;
    this.#deadlineMs = deadlineMs;
  }

  speak(what: Omit<SherpaQuestion, 'id'>): Promise<void> {
    const child = this.#child ?? this.#start();
    this.#last += 1;
    const id = this.#last;
    return new Promise<void>((resolve, reject) => {
      // What hangs is computing: nothing but its end stops it.
      const timer = setTimeout(() => child.kill('SIGKILL'), this.#deadlineMs);
      const settled = (settle: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        settle();
      };
      this.#waiting.set(id, { resolve: () => settled(resolve), reject: (error) => settled(() => reject(error)) });
      child.send({ id, ...what } satisfies SherpaQuestion, (error) => error && this.#waiting.get(id)?.reject(error));
    });
  }

  close(): void {
    this.#child?.kill('SIGKILL');
  }

  #start(): ChildProcess {
    const child = fork(PROCESS, this.#args, {
      cwd: dirname(this.#args[1] ?? ''),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    child.on('message', ({ id, error }: SherpaAnswer) => {
      const waiting = this.#waiting.get(id);
      if (error === null) waiting?.resolve();
      else waiting?.reject(new Error(`sherpa-onnx: ${error}`));
    });
    const ended = (why: string) => {
      if (this.#child !== child) return;
      this.#child = null;
      for (const { reject } of [...this.#waiting.values()]) reject(new Error(`sherpa-onnx ended: ${why}`));
    };
    child.once('error', (error) => ended(error.message));
    child.once('exit', (code, signal) => ended(signal ?? `code ${code}`));
    return child;
  }
}
