/** Works for each platform beside the others, so that one that is slow holds up nobody else. Each has one lane, on which nothing overtakes. */
import type { Logger } from '../platform/log.ts';

export class Lanes {
  readonly #work: (partnerId: string) => Promise<unknown>;
  readonly #log: Logger;
  readonly #running = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();
  #isStopping = false;

  /** `work` goes on until nothing is due for the platform, or it fails. */
  constructor(work: (partnerId: string) => Promise<unknown>, log: Logger) {
    this.#work = work;
    this.#log = log;
  }

  /** Something is due for these. Where work is going on already it is looked at again afterwards. */
  start(partnerIds: readonly string[]): void {
    for (const id of partnerIds) {
      if (this.#isStopping) return;
      if (this.#running.has(id)) this.#again.add(id);
      else this.#running.set(id, this.#run(id));
    }
  }

  /** Resolves when nothing goes on any more; begins nothing else. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#running.values());
  }

  async #run(id: string): Promise<void> {
    do {
      this.#again.delete(id);
      await this.#work(id).catch((error: unknown) =>
        this.#log.error({ partnerId: id, error: String(error) }, 'work for another platform'),
      );
    } while (this.#again.has(id) && !this.#isStopping);
    this.#running.delete(id);
  }
}
