/** What a test reads of an ARI event. */
export type AriEvent = {
  type: string;
  args?: string[];
  channel?: { id: string; name: string; dialplan: { exten: string }; caller: { number: string } };
  [key: string]: unknown;
};

/** A small ARI controller for tests of the configuration; the platform has its own, complete one. */
export class Controller {
  readonly events: AriEvent[] = [];
  private readonly base: URL;
  private readonly socket: WebSocket;
  private readonly waiting = new Set<() => void>();

  private constructor(url: string, socket: WebSocket) {
    this.base = new URL(url);
    this.socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.events.push(JSON.parse(String(data)) as AriEvent);
      for (const wake of this.waiting) wake();
    });
  }

  static async connect(url: string, app: string): Promise<Controller> {
    const { host, username, password } = new URL(url);
    const socket = new WebSocket(`ws://${host}/ari/events?app=${app}&api_key=${username}:${password}`);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', reject, { once: true });
    });
    return new Controller(url, socket);
  }

  /** Sends a request and returns its JSON (null for an empty answer); throws on any refusal. */
  async send(method: string, path: string, body?: unknown): Promise<unknown> {
    const { username, password, origin } = this.base;
    const response = await fetch(`${origin}/ari${path}`, {
      method,
      headers: { authorization: `Basic ${btoa(`${username}:${password}`)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(5_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** What a GET gives that is no JSON. */
  async download(path: string): Promise<ArrayBuffer> {
    const { username, password, origin } = this.base;
    const authorization = `Basic ${btoa(`${username}:${password}`)}`;
    const response = await fetch(`${origin}/ari${path}`, {
      headers: { authorization },
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    return response.arrayBuffer();
  }

  /** The first event, past or to come, that fits. */
  async event(fits: (event: AriEvent) => boolean, ms = 10_000): Promise<AriEvent> {
    const deadline = Date.now() + ms;
    for (;;) {
      const found = this.events.find(fits);
      if (found) return found;
      if (Date.now() >= deadline) throw new Error(`no such event; seen: ${this.events.map((e) => e.type).join(' ')}`);
      await this.change(deadline - Date.now());
    }
  }

  /** Waits for the next event, at most `ms` milliseconds. */
  private change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.waiting.add(wake);
    });
  }

  close(): void {
    this.socket.close();
  }
}
