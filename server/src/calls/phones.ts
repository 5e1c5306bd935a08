/**
 * Agents' phones as Asterisk knows them: an endpoint per signed-in agent, pushed through ARI's dynamic configuration, its password
 * derived from the desk session that owns it (a newer log-in therefore locks the older phone out).
 */
import type { PhoneKind } from '@rexian/contracts';
import { phoneName } from '../agents/phone-name.ts';
import { phonePassword } from '../agents/phone-password.ts';
import { setPhoneRegistered } from '../agents/transitions.ts';
import type { Ari } from '../engines/asterisk/ari.ts';
import type { Db } from '../platform/db.ts';
import { sendHint } from '../platform/hints.ts';
import type { Logger } from '../platform/log.ts';

interface Seat {
  personId: string;
  login: string;
  kind: PhoneKind;
  owner: string;
}

/** Seconds between OPTIONS to a phone: a closed laptop is noticed after one of them stays unanswered. */
const QUALIFY_SECONDS = '10';

export class Phones {
  readonly #db: Db;
  readonly #ari: Ari;
  readonly #log: Logger;
  readonly #secret: string;
  /** Endpoint → whose it is, of the phones pushed by this process. */
  readonly #pushed = new Map<string, { personId: string; owner: string }>();
  #last: Promise<void> = Promise.resolve();

  constructor(options: { db: Db; ari: Ari; log: Logger; secret: string }) {
    this.#db = options.db;
    this.#ari = options.ari;
    this.#log = options.log;
    this.#secret = options.secret;
  }

  /** Pushes every signed-in agent's phone: after a start or a restart of Asterisk. */
  async pushAll(): Promise<void> {
    for (const seat of await this.#seats()) await this.#push(seat);
  }

  /** An agent signed in, out, or moved to another page or phone. One after the other: the last word must win. */
  refresh(personId: string): Promise<void> {
    const done = this.#last.then(() => this.#refresh(personId));
    this.#last = done.catch((error) => this.#log.error({ error, personId }, 'phone not refreshed'));
    return this.#last;
  }

  async #refresh(personId: string): Promise<void> {
    const [seat] = await this.#seats(personId);
    for (const [name, pushed] of this.#pushed)
      if (pushed.personId === personId && (!seat || name !== phoneName(seat.kind, seat.login, seat.owner)))
        await this.#remove(name);
    if (seat) await this.#push(seat);
  }

  /** Asterisk reports a phone's device state. */
  async deviceStateChanged(device: string, state: string): Promise<void> {
    const name = device.replace(/^PJSIP\//, '');
    const pushed = this.#pushed.get(name);
    if (pushed)
      await setPhoneRegistered(this.#db, pushed.owner, !['UNAVAILABLE', 'INVALID', 'UNKNOWN'].includes(state));
  }

  #seats(personId?: string): Promise<Seat[]> {
    return this.#db
      .selectFrom('agent_sessions as s')
      .innerJoin('people as p', 'p.id', 's.person_id')
      .select(['s.person_id as personId', 'p.login', 's.phone_kind as kind', 's.owner'])
      .where('s.signed_out_at', 'is', null)
      .$if(personId !== undefined, (query) => query.where('s.person_id', '=', personId ?? ''))
      .execute();
  }

  async #push(seat: Seat): Promise<void> {
    const name = phoneName(seat.kind, seat.login, seat.owner);
    await this.#put('auth', name, {
      auth_type: 'userpass',
      username: name,
      password: phonePassword(this.#secret, seat.owner),
    });
    await this.#put('aor', name, {
      max_contacts: '1',
      remove_existing: 'yes',
      support_path: 'yes',
      qualify_frequency: QUALIFY_SECONDS,
    });
    await this.#put('endpoint', name, {
      // Before the codecs, which it would take away again.
      disallow: 'all',
      ...(seat.kind === 'browser' ? browserPhone : ipPhone),
      aors: name,
      auth: name,
      context: 'rexian-nowhere',
      identify_by: 'username',
      direct_media: 'no',
      dtmf_mode: 'rfc4733',
      // No re-INVITE in the middle of a talk to say who the other side is: the screen knows.
      send_connected_line: 'no',
    });
    this.#pushed.set(name, { personId: seat.personId, owner: seat.owner });
    await this.#ari.attempt('applications.subscribe', {
      applicationName: this.#ari.app,
      eventSource: [`deviceState:PJSIP/${name}`],
    });
    const endpoint = await this.#ari.attempt('endpoints.get', { tech: 'PJSIP', resource: name });
    await setPhoneRegistered(this.#db, seat.owner, endpoint?.state === 'online');
    await sendHint(this.#db, { topic: 'phone_ready', owner: seat.owner });
  }

  async #remove(name: string): Promise<void> {
    this.#pushed.delete(name);
    const eventSource = [`deviceState:PJSIP/${name}`];
    await this.#ari.attempt('applications.unsubscribe', { applicationName: this.#ari.app, eventSource });
    for (const objectType of ['endpoint', 'aor', 'auth'])
      await this.#ari.attempt('asterisk.deleteObject', { configClass: 'res_pjsip', objectType, id: name });
  }

  async #put(objectType: string, id: string, values: Record<string, string>): Promise<void> {
    const fields = Object.entries(values).map(([attribute, value]) => ({ attribute, value }));
    await this.#ari.request('asterisk.updateObject', { configClass: 'res_pjsip', objectType, id, fields });
  }
}

/** A browser that dies says no goodbye: seconds without sound after which its call is over. */
const RTP_TIMEOUT_SECONDS = '20';
const browserPhone = { webrtc: 'yes', allow: 'opus,alaw,ulaw', rtp_timeout: RTP_TIMEOUT_SECONDS };
const ipPhone = { allow: 'alaw,ulaw', rtp_symmetric: 'yes', force_rport: 'yes', rewrite_contact: 'yes' };
