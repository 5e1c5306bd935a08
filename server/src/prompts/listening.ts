/** Speech for people at their desks: not more at a time than calls can bear beside it, and refusals in words. */
import { AudioRefusal } from '../engines/media/audio-file.ts';
import { refusal } from '../platform/errors.ts';
import type { Logger } from '../platform/log.ts';

/** Each is a process or two of the media tools. */
const AT_ONCE = 2;
const WAITING = 8;

export class Listening {
  readonly #log: Logger;
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Runs `work` when its turn comes. Throws BUSY when too many wait, BAD_FILE for audio that can't be taken, else ENGINE_UNAVAILABLE. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      if (this.#queue.length >= WAITING) throw refusal('BUSY');
      await new Promise<void>((turn) => this.#queue.push(turn));
    } else this.#running += 1;
    try {
      return await work();
    } catch (error) {
      if (error instanceof AudioRefusal) throw refusal('BAD_FILE', error.message);
      this.#log.warn({ error: String(error) }, 'speech could not be made');
      throw refusal('ENGINE_UNAVAILABLE');
    } finally {
      // Whose turn comes takes this place.
      const next = this.#queue.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
