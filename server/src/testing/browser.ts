/** As much of a browser as redirects, cookies and plain forms take. */
export interface Page {
  url: URL;
  status: number;
  body: string;
}

export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly #timeoutMs: number;

  constructor(timeoutMs = 15_000) {
    this.#timeoutMs = timeoutMs;
  }

  /** Where one ends after all redirects, or right before one that `stopAt` says to stop at. */
  async open(
    url: string | URL,
    form?: Record<string, string>,
    stopAt: (url: URL) => boolean = () => false,
  ): Promise<Page> {
    let [next, body]: [URL, URLSearchParams | undefined] = [new URL(url), form && new URLSearchParams(form)];
    for (let hops = 0; hops < 15; hops += 1) {
      const response = await fetch(next, {
        ...(body ? { method: 'POST', body } : {}),
        headers: { cookie: this.cookieHeader(next), accept: 'text/html' },
        redirect: 'manual',
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      this.#keep(next, response);
      const location = response.headers.get('location');
      const page = { url: next, status: response.status, body: await response.text() };
      if (!location) return page;
      [next, body] = [new URL(location, next), undefined];
      if (stopAt(next)) return { ...page, url: next };
    }
    throw new Error('too many redirects');
  }

  cookieHeader(url: URL): string {
    return [...(this.#cookies.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep(url: URL, response: Response): void {
    const jar = this.#cookies.get(url.host) ?? new Map<string, string>();
    this.#cookies.set(url.host, jar);
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      const expires = attributes.find((each) => /^\s*expires=/i.test(each))?.split('=')[1];
      if (expires && Date.parse(expires) < Date.now()) jar.delete(name);
      else jar.set(name, value.join('='));
    }
  }
}
