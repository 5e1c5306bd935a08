/**
 * Agents' phones in Asterisk: an endpoint for each browser that owns a desk, its password derived from the desk session (a newer
 * log-in therefore locks the older phone out), and one for each IP phone. Keeps watch on which of them can be reached.
 */
import { phoneName } from '../agents/phone-name.ts';
import { phonePassword } from '../agents/phone-password.ts';
import { setDeviceRegistered, setPhoneRegistered } from '../agents/sessions.ts';
import type { Ari } from '../engines/asterisk/ari.ts';
import type { Db } from '../platform/db.ts';
import { sendHint } from '../platform/hints.ts';
import type { Logger } from '../platform/log.ts';
import type { Vault } from '../platform/vault.ts';
import { type LostPhone, LostPhones } from './lost-phones.ts';
import { cutOff, hasOtherPassword, isPhoneName, type PhoneAccess, putPhone, removePhone } from './phone-objects.ts';

export interface PhonesOptions {
  db: Db;
  ari: Ari;
  log: Logger;
  vault: Vault;
  secret: string;
  /** The phone of an agent in a call is gone, and nobody has taken over. */
  onLost(lost: LostPhone): void;
}

interface Pushed extends PhoneAccess {
  /** The browser's desk session; null: an IP phone. */
  seat: { personId: string; owner: string } | null;
  /** What was booked last; null: nothing yet. */
  reachable: boolean | null;
  awaySince: number | null;
}

const AT_ONCE = 8;
const UNREACHABLE = ['UNAVAILABLE', 'INVALID', 'UNKNOWN'];

export class Phones {
  readonly #options: PhonesOptions;
  readonly #lost: LostPhones;
  /** Endpoint → phone, of those pushed by this process. */
  readonly #pushed = new Map<string, Pushed>();
  #last: Promise<void> = Promise.resolve();
  #settledAt = Number.POSITIVE_INFINITY;
  /** What should have been pushed was not. */
  #behind = false;

  constructor(options: PhonesOptions) {
    this.#options = options;
    this.#lost = new LostPhones(options.db, options.ari);
  }

  /** When all phones were pushed last (ms): for some seconds after it, a phone that isn't there may just be on its way back. */
  get settledAt(): number {
    return this.#settledAt;
  }

  /**
   * Pushes every phone: after a start or a restart of Asterisk. What it has besides is removed: in turn, or a phone that is made meanwhile
   * would be among it.
   */
  pushAll(): Promise<void> {
    const done = this.#last.then(() => this.#pushAll());
    this.#last = done.catch(() => {
      this.#behind = true;
    });
    return done;
  }

  async #pushAll(): Promise<void> {
    // What was missed until now is read here.
    this.#behind = false;
    const [seats, devices] = await Promise.all([this.#seats(), this.#devices()]);
    const phones = [...seats, ...devices];
    const queue = phones.values();
    const push = async () => {
      for (const phone of queue) await this.#push(phone);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, push));
    const wanted = new Set(phones.map(({ name }) => name));
    for (const { resource } of await this.#options.ari.request('endpoints.listByTech', { tech: 'PJSIP' }))
      if (isPhoneName(resource) && !wanted.has(resource)) await this.#remove(resource);
    this.#settledAt = Date.now();
    await this.#compare();
  }

  /** An agent signed in, out, or moved to another page or phone. One after the other: the last word must win. */
  refresh(personId: string): Promise<void> {
    return this.#inTurn(async () => {
      const [seat] = await this.#seats(personId);
      for (const { name, seat: its } of this.#pushed.values())
        if (its?.personId === personId && name !== seat?.name) await this.#remove(name);
      if (!seat) return;
      await this.#push(seat);
      await this.#check(seat.name);
      await sendHint(this.#options.db, { topic: 'phone_ready', owner: seat.seat.owner });
    });
  }

  /** An IP phone was made, renamed, given another password, or removed. */
  deviceChanged(name: string): Promise<void> {
    return this.#inTurn(async () => {
      const [device] = await this.#devices(name);
      const { ari } = this.#options;
      if (!device) {
        await cutOff(ari, name);
        this.#pushed.delete(name);
        return;
      }
      await this.#push(device);
      await this.#check(name);
    });
  }

  /** Asterisk reports a phone's device state. A phone in a call counts as in use there even when it is gone. */
  async deviceStateChanged(device: string, state: string): Promise<void> {
    const phone = this.#pushed.get(device.replace(/^PJSIP\//, ''));
    if (!phone) return;
    if (UNREACHABLE.includes(state)) await this.#book(phone, false);
    else if (!phone.reachable) await this.#check(phone.name);
  }

  /** Compares all phones with what was booked, and tells whose is lost in a call. Every other second; events may come sooner. */
  async look(): Promise<void> {
    await this.#compare();
    if (!this.#behind) return;
    this.#behind = false;
    await this.pushAll();
  }

  async #compare(): Promise<void> {
    const { ari, onLost } = this.#options;
    const endpoints = await ari.attempt('endpoints.listByTech', { tech: 'PJSIP' });
    if (!endpoints) return;
    const online = new Set(endpoints.filter(({ state }) => state === 'online').map(({ resource }) => resource));
    const away = new Map<string, number>();
    for (const phone of this.#pushed.values()) {
      const reachable = online.has(phone.name);
      phone.awaySince = reachable ? null : (phone.awaySince ?? Date.now());
      if (phone.awaySince) away.set(phone.name, phone.awaySince);
      if (phone.reachable !== reachable) await this.#book(phone, reachable);
    }
    for (const lost of await this.#lost.find(away)) onLost(lost);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch((error) => {
      this.#options.log.error({ error }, 'phone not refreshed');
      this.#behind = true;
    });
    return this.#last;
  }

  async #seats(personId?: string): Promise<(Pushed & { seat: NonNullable<Pushed['seat']> })[]> {
    const { db, secret } = this.#options;
    const rows = await db
      .selectFrom('agent_sessions as s')
      .innerJoin('people as p', 'p.id', 's.person_id')
      .select(['s.person_id as personId', 'p.login', 's.owner', 's.phone_registered as reachable'])
      .where('s.signed_out_at', 'is', null)
      .where('s.phone_kind', '=', 'browser')
      .$if(personId !== undefined, (query) => query.where('s.person_id', '=', personId ?? ''))
      .execute();
    return rows.map(({ personId, login, owner, reachable }) => ({
      kind: 'browser',
      name: phoneName(login, owner),
      password: phonePassword(secret, owner),
      seat: { personId, owner },
      reachable,
      awaySince: null,
    }));
  }

  async #devices(name?: string): Promise<Pushed[]> {
    const { db, vault } = this.#options;
    const rows = await db
      .selectFrom('devices as d')
      .leftJoin('agent_sessions as s', (join) =>
        join.onRef('s.device_id', '=', 'd.id').on('s.signed_out_at', 'is', null),
      )
      .select(['d.name', 'd.password_sealed as sealed', 'd.registered', 's.phone_registered as inSession'])
      .$if(name !== undefined, (query) => query.where('d.name', '=', name ?? ''))
      .execute();
    return rows.map(({ name, sealed, registered, inSession }) => ({
      kind: 'sip',
      name,
      password: vault.open('sip_password', sealed),
      seat: null,
      reachable: inSession === null || inSession === registered ? registered : null,
      awaySince: null,
    }));
  }

  async #push(phone: Pushed): Promise<void> {
    const { ari } = this.#options;
    if (phone.kind === 'sip' && (await hasOtherPassword(ari, phone.name, phone.password)))
      await cutOff(ari, phone.name);
    await putPhone(ari, phone);
    this.#pushed.set(phone.name, phone);
  }

  async #remove(name: string): Promise<void> {
    this.#pushed.delete(name);
    await removePhone(this.#options.ari, name);
  }

  async #check(name: string): Promise<void> {
    const endpoint = await this.#options.ari.attempt('endpoints.get', { tech: 'PJSIP', resource: name });
    const phone = this.#pushed.get(name);
    if (phone) await this.#book(phone, endpoint?.state === 'online');
  }

  async #book(phone: Pushed, reachable: boolean): Promise<void> {
    const { db } = this.#options;
    phone.reachable = reachable;
    try {
      if (phone.seat) await setPhoneRegistered(db, phone.seat.owner, reachable);
      else await setDeviceRegistered(db, phone.name, reachable);
    } catch (error) {
      // Looked at again.
      phone.reachable = null;
      throw error;
    }
  }
}
