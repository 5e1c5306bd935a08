/** A typed mailbox: events of a call arrive in order and are taken one at a time by its single reader. */
export class Inbox<Message> {
  readonly #messages: Message[] = [];
  #waiting: ((message: Message | null) => void) | null = null;

  put(message: Message): void {
    if (this.#waiting) this.#waiting(message);
    else this.#messages.push(message);
  }

  /** The next message; null when none came within `timeoutMs` (Infinity: wait on). */
  async next(timeoutMs: number): Promise<Message | null> {
    const first = this.#messages.shift();
    if (first !== undefined) return first;
    if (timeoutMs <= 0) return null;
    return new Promise((resolve) => {
      const timer = Number.isFinite(timeoutMs) ? setTimeout(() => finish(null), timeoutMs) : null;
      const finish = (message: Message | null) => {
        if (timer) clearTimeout(timer);
        this.#waiting = null;
        resolve(message);
      };
      this.#waiting = finish;
    });
  }
}
