/** Registrations of the simulated phones: pushed into PJSIP through ARI, their state asked from the manager over HTTP. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ari } from '@rexian/server/engines/asterisk/ari.ts';
import type { PhoneAccess } from './phone.ts';

/** A phone could not register; the message says what the registrar's last answer was. */
export class NotRegistered extends Error {}

export class Registrations {
  readonly #ari: Ari;
  readonly #manager: string;
  readonly #login: string;
  #cookie: string | null = null;

  /** `http` is host:port of the carrier's HTTP server. */
  constructor(ari: Ari, http: string, user: string, password: string) {
    this.#ari = ari;
    this.#manager = `http://${http}/rawman`;
    this.#login = new URLSearchParams({ action: 'Login', username: user, secret: password }).toString();
  }

  /** Registers and waits for the registrar's 200. Throws NotRegistered. */
  async add(access: PhoneAccess, deadlineMs: number): Promise<void> {
    const { username, password, registrar } = access;
    await this.#push('auth', username, { auth_type: 'userpass', username, password });
    await this.#push('registration', username, {
      server_uri: `sip:${registrar}`,
      client_uri: `sip:${username}@${registrar}`,
      contact_user: username,
      outbound_auth: username,
      transport: 'udp',
      expiration: '600',
      max_random_initial_delay: '0',
      retry_interval: '2',
      forbidden_retry_interval: '2',
      auth_rejection_permanent: 'no',
    });
    let state = 'none';
    for (const end = Date.now() + deadlineMs; Date.now() < end; await sleep(100)) {
      state = (await this.#states()).get(username) ?? 'none';
      if (state === 'Registered') return;
    }
    await this.remove(username);
    throw new NotRegistered(`${username} did not register at ${registrar} in ${deadlineMs} ms (${state})`);
  }

  async remove(username: string): Promise<void> {
    for (const objectType of ['registration', 'auth']) {
      await this.#ari.attempt('asterisk.deleteObject', { configClass: 'res_pjsip', objectType, id: username });
    }
  }

  async #push(objectType: 'auth' | 'registration', id: string, values: Record<string, string>): Promise<void> {
    // Asterisk wants a list of pairs here, although its own description of the parameter says `containers`.
    const fields = Object.entries(values).map(([attribute, value]) => ({ attribute, value }));
    await this.#ari.request('asterisk.updateObject', {
      configClass: 'res_pjsip',
      objectType,
      id,
      fields: fields as unknown as Record<string, unknown>,
    });
  }

  async #states(): Promise<Map<string, string>> {
    const text = await this.#ask('action=PJSIPShowRegistrationsOutbound');
    const blocks = text.split(/\r?\n\r?\n/).filter((block) => block.includes('OutboundRegistrationDetail'));
    return new Map(blocks.map((block) => [field(block, 'ObjectName'), field(block, 'Status')]));
  }

  async #ask(query: string): Promise<string> {
    this.#cookie ??= await this.#signIn();
    const signal = AbortSignal.timeout(5_000);
    const response = await fetch(`${this.#manager}?${query}`, { headers: { cookie: this.#cookie }, signal });
    const text = await response.text();
    // The manager's session has timed out; the next question signs in again.
    if (/Permission denied|Response: Error/.test(text)) this.#cookie = null;
    return text;
  }

  async #signIn(): Promise<string> {
    const response = await fetch(`${this.#manager}?${this.#login}`, { signal: AbortSignal.timeout(5_000) });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (!cookie) throw new Error(`the carrier's manager refused us: ${await response.text()}`);
    return cookie;
  }
}

function field(block: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]?.trim() ?? '';
}
