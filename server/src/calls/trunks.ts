/** Trunks in Asterisk: pushed through ARI's dynamic configuration like agents' phones; keeps watch on which of them answer. */
import type { TrunkKind } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Ari } from '../engines/asterisk/ari.ts';
import type { AriEvent } from '../engines/asterisk/generated/ari.ts';
import type { Db } from '../platform/db.ts';
import type { Logger } from '../platform/log.ts';
import type { Vault } from '../platform/vault.ts';
import { putObject } from './phone-objects.ts';
import { trunkEndpoint } from './trunk.ts';

interface TrunksOptions {
  db: Db;
  ari: Ari;
  log: Logger;
  vault: Vault;
}

interface TrunkRow {
  id: string;
  code: string;
  kind: TrunkKind;
  host: string;
  port: number;
  username: string | null;
  password_sealed: Buffer | null;
  reachable: boolean | null;
}

const QUALIFY = { qualify_frequency: '10', qualify_timeout: '3' };
/** Asterisk asks the other side for the first time at some moment within a period. */
const FIRST_ANSWER_MS = 13_000;
const OBJECTS = ['endpoint', 'identify', 'aor', 'auth'] as const;

export class Trunks {
  readonly #options: TrunksOptions;
  /** By endpoint, of those that Asterisk has. */
  #pushed = new Map<string, TrunkRow>();
  #last: Promise<void> = Promise.resolve();
  #pushedAt = 0;

  constructor(options: TrunksOptions) {
    this.#options = options;
  }

  /**
   * Pushes every trunk in use: after a start or a restart of Asterisk, and when one was changed. What it has besides is removed. Nothing
   * waits for it: the name of a host may take seconds to resolve.
   */
  pushAll(): Promise<void> {
    this.#last = this.#last
      .then(() => this.#pushAll())
      .catch((error) => this.#options.log.error({ error }, 'trunks not pushed'));
    return this.#last;
  }

  /** Compares what Asterisk hears of the other sides with what was booked. Every few seconds. */
  async look(): Promise<void> {
    if (this.#pushed.size === 0) return;
    const early = Date.now() < this.#pushedAt + FIRST_ANSWER_MS;
    const endpoints = await this.#options.ari.attempt('endpoints.listByTech', { tech: 'PJSIP' });
    const states = new Map((endpoints ?? []).map(({ resource, state }) => [resource, state]));
    for (const [name, trunk] of this.#pushed) {
      const reachable = states.get(name) === 'online';
      if (trunk.reachable !== reachable && (reachable || !early)) await this.#book(trunk, reachable, null);
    }
  }

  async #pushAll(): Promise<void> {
    const { ari, log } = this.#options;
    const rows = await this.#trunks();
    const pushed = new Map<string, TrunkRow>();
    for (const trunk of rows) {
      const name = trunkEndpoint(trunk.code);
      try {
        await this.#push(name, trunk);
        pushed.set(name, trunk);
      } catch (error) {
        // A host that can't be resolved, for one: the other trunks work all the same.
        log.error({ error, trunk: trunk.code }, 'trunk could not be set up');
        await this.#book(trunk, false, null);
      }
    }
    for (const { resource } of await ari.request('endpoints.listByTech', { tech: 'PJSIP' }))
      if (resource.startsWith(trunkEndpoint('')) && !pushed.has(resource)) await this.#remove(resource);
    this.#pushed = pushed;
    this.#pushedAt = Date.now();
  }

  #trunks(): Promise<TrunkRow[]> {
    return this.#options.db
      .selectFrom('trunks')
      .select(['id', 'code', 'kind', 'host', 'port', 'username', 'password_sealed', 'reachable'])
      .where('active', '=', true)
      .execute();
  }

  async #push(name: string, trunk: TrunkRow): Promise<void> {
    const { ari, vault } = this.#options;
    const { kind, host, port, username, password_sealed } = trunk;
    const platform = kind === 'platform';
    if (username !== null && password_sealed !== null) {
      const password = vault.open('sip_password', password_sealed);
      await putObject(ari, 'auth', name, { auth_type: 'userpass', username, password });
    }
    await putObject(ari, 'endpoint', name, {
      // Before the codecs, which it would take away again.
      ...{ disallow: 'all', allow: 'alaw,ulaw', dtmf_mode: 'rfc4733', direct_media: 'no', tone_zone: 'cn' },
      ...{ aors: name, context: platform ? 'rexian-peer' : 'rexian-trunk', identify_by: 'ip', transport: 'udp' },
      ...{ rtp_symmetric: 'yes', force_rport: 'yes', rewrite_contact: 'yes', timers: 'yes' },
      ...{ rtp_timeout: '120', rtp_timeout_hold: '7200' },
      ...{ trust_id_inbound: 'yes', send_pai: 'yes', send_connected_line: 'no' },
      outbound_auth: username === null ? '' : name,
      // Platforms show each other the same account; carriers show us none.
      auth: username !== null && platform ? name : '',
    });
    // Sorted by name: a platform, known by its port as well, goes before a carrier at the same address.
    const [id, match] = platform ? [`peer-${name}`, `${host}:${port}`] : [name, host];
    await putObject(ari, 'identify', id, { endpoint: name, match });
    if (trunk.reachable === null) await this.#timeFirstAnswer(name, trunk);
    await putObject(ari, 'aor', name, { contact: `sip:${host}:${port}`, ...QUALIFY });
  }

  /**
   * Books how long the first answer took. Only while the trunk has no call: who asks for an endpoint's events hears those of its channels
   * twice.
   */
  async #timeFirstAnswer(name: string, trunk: TrunkRow): Promise<void> {
    const { ari, log } = this.#options;
    const endpoint = await ari.attempt('endpoints.get', { tech: 'PJSIP', resource: name });
    if (!endpoint || endpoint.channel_ids.length > 0) return;
    const events = { applicationName: ari.app, eventSource: [`endpoint:PJSIP/${name}`] };
    if (!(await ari.attempt('applications.subscribe', events))) return;
    const finish = () => {
      clearTimeout(timer);
      ari.off('event', onEvent);
      ari.attempt('applications.unsubscribe', events).catch(() => undefined);
    };
    const onEvent = (event: AriEvent) => {
      if (event.type !== 'ContactStatusChange' || event.contact_info.aor !== name) return;
      if (event.contact_info.contact_status !== 'Reachable') return;
      finish();
      const ms = Math.ceil(Number(event.contact_info.roundtrip_usec) / 1000);
      this.#book(trunk, true, Number.isFinite(ms) ? ms : null).catch((error) =>
        log.warn({ error }, 'state of a trunk not booked'),
      );
    };
    const timer = setTimeout(finish, FIRST_ANSWER_MS);
    ari.on('event', onEvent);
  }

  async #remove(name: string): Promise<void> {
    const { ari } = this.#options;
    for (const objectType of OBJECTS)
      for (const id of objectType === 'identify' ? [name, `peer-${name}`] : [name])
        await ari.attempt('asterisk.deleteObject', { configClass: 'res_pjsip', objectType, id });
  }

  async #book(trunk: TrunkRow, reachable: boolean, roundTripMs: number | null): Promise<void> {
    trunk.reachable = reachable;
    await sql`update trunks set reachable = ${reachable}, round_trip_ms = coalesce(${roundTripMs}, round_trip_ms),
      reachable_since = case when reachable is not distinct from ${reachable} then reachable_since else now() end
      where id = ${trunk.id}`.execute(this.#options.db);
  }
}
