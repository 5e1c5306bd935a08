/**
 * A second Asterisk of ours that plays the world outside the platform: the carrier that brings callers over the trunk, and
 * the agents' IP phones. Real SIP, real audio. Used by `rexian simulate`, the engine tests and the benches.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { join } from 'node:path';
import { asteriskFolders } from '@rexian/engines';
import { Ari } from '@rexian/server/engines/asterisk/ari.ts';
import type { AriEvent } from '@rexian/server/engines/asterisk/generated/ari.ts';
import { createLogger, type Logger } from '@rexian/server/platform/log.ts';
import { type CallAddress, SimulatedCaller } from './caller.ts';
import { ARI_USER, CARRIER_APP, carrierConfig } from './carrier-config.ts';
import { CarrierProcess, freePort } from './carrier-process.ts';
import type { Leg, LegHost } from './leg.ts';
import { type PhoneAccess, type PhoneEvents, SimulatedPhone } from './phone.ts';
import { Registrations } from './registrations.ts';
import { AGENT_SENTENCES, CALLER_SENTENCES, Sounds } from './sounds.ts';

export interface CarrierOptions {
  /** Where the engine prefix is (REXIAN_HOME). */
  home: string;
  /** Folder of this carrier's own files; default home/simulator. Two carriers need two folders. */
  folder?: string;
  /** Where the sounds are kept; default home/simulator/sounds. */
  sounds?: string;
  /** host:port of the platform's SIP trunk. */
  platform: string;
  /** First and last RTP port; default 16000–19999. */
  rtp?: { first: number; last: number };
  log?: Logger;
}

const START_MS = 20_000;
const REGISTER_MS = 10_000;
const RING_SECONDS = 60;

export class Carrier {
  readonly sounds: Sounds;
  readonly #process: CarrierProcess;
  readonly #ari: Ari;
  readonly #host: LegHost;
  readonly #registrations: Registrations;
  readonly #legs = new Map<string, Leg>();
  readonly #phones = new Map<string, SimulatedPhone>();
  readonly #sipPort: number;
  #closed = false;

  private constructor(process: CarrierProcess, host: LegHost, registrations: Registrations, sipPort: number) {
    this.#process = process;
    this.#sipPort = sipPort;
    this.#ari = host.ari;
    this.#host = host;
    this.#registrations = registrations;
    this.sounds = host.sounds;
    this.#ari.on('event', (event) => this.#dispatch(event));
  }

  /** Starts the carrier's Asterisk and makes the sounds; throws when it doesn't come up in 20 s. */
  static async start(options: CarrierOptions): Promise<Carrier> {
    const { home } = options;
    const folder = options.folder ?? join(home, 'simulator');
    const platform = await resolveAddress(options.platform);
    const bind = platform.host.startsWith('127.') ? '127.0.0.1' : '0.0.0.0';
    const ports = {
      sip: await freePort('udp', bind),
      http: await freePort('tcp', '127.0.0.1'),
      rtpFirst: options.rtp?.first ?? 16_000,
      rtpLast: options.rtp?.last ?? 19_999,
    };
    const password = randomBytes(16).toString('hex');
    const files = carrierConfig({ folder, ...asteriskFolders(home), bind, ports, platform, ariPassword: password });
    const process = await CarrierProcess.start(home, folder, files);
    const log = options.log ?? createLogger({ level: 'silent' });
    const ari = new Ari({ url: `http://${ARI_USER}:${password}@127.0.0.1:${ports.http}`, app: CARRIER_APP, log });
    try {
      const sounds = new Sounds(home, options.sounds ?? join(home, 'simulator/sounds'));
      await Promise.all([connect(ari, process), prepare(sounds)]);
      const host = { ari, app: CARRIER_APP, sounds, recordings: join(folder, 'var/spool/recording') };
      const registrations = new Registrations(ari, `127.0.0.1:${ports.http}`, ARI_USER, password);
      return new Carrier(process, host, registrations, ports.sip);
    } catch (error) {
      await ari.close();
      await process.stop();
      throw error;
    }
  }

  /** Calls that are there now, callers and phones together. */
  get openLegs(): number {
    return this.#legs.size;
  }

  /** Where the platform's trunk finds us. */
  get sipPort(): number {
    return this.#sipPort;
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Sends an INVITE to the platform. Throws when our own Asterisk refuses. */
  async call(address: CallAddress): Promise<SimulatedCaller> {
    this.#process.requireAlive();
    const caller = new SimulatedCaller(this.#host, `caller-${randomUUID()}`, address);
    this.#keep(caller);
    try {
      await this.#ari.request('channels.originateWithId', {
        channelId: caller.id,
        endpoint: `PJSIP/${address.to}@platform`,
        app: CARRIER_APP,
        appArgs: 'caller',
        callerId: address.from,
        timeout: RING_SECONDS,
        formats: 'alaw',
      });
    } catch (error) {
      this.#legs.delete(caller.id);
      throw error;
    }
    return caller;
  }

  /** A phone that is registered when this resolves. Throws NotRegistered. */
  async phone(access: PhoneAccess, events: PhoneEvents = {}): Promise<SimulatedPhone> {
    this.#process.requireAlive();
    await this.#registrations.add(access, REGISTER_MS);
    const unregister = async (): Promise<void> => {
      if (this.#phones.get(access.username) === phone) this.#phones.delete(access.username);
      if (!this.#closed) await this.#registrations.remove(access.username);
    };
    const phone = new SimulatedPhone(this.#host, access.username, unregister, events);
    this.#phones.set(access.username, phone);
    return phone;
  }

  /** Somebody of the outside world whom the platform can call. */
  subscriber(number: string, events: PhoneEvents = {}): SimulatedPhone {
    this.#process.requireAlive();
    const forget = async (): Promise<void> => void this.#phones.delete(number);
    const phone = new SimulatedPhone(this.#host, number, forget, events);
    this.#phones.set(number, phone);
    return phone;
  }

  /** Hangs up everything, takes the registrations back, stops Asterisk. */
  async stop(): Promise<void> {
    if (this.#closed) return;
    try {
      await Promise.allSettled([...this.#legs.values()].map((leg) => leg.hangUp()));
      await Promise.allSettled([...this.#phones.values()].map((phone) => phone.close()));
    } finally {
      this.#closed = true;
      await this.#ari.close();
      await this.#process.stop();
    }
  }

  #keep(leg: Leg): void {
    this.#legs.set(leg.id, leg);
    void leg.ended.then(() => this.#legs.delete(leg.id));
  }

  #dispatch(event: AriEvent): void {
    if (event.type === 'StasisStart' && event.args[0] === 'phone') this.#arrive(event);
    else this.#legs.get(legOf(event))?.handle(event);
  }

  #arrive(event: Extract<AriEvent, { type: 'StasisStart' }>): void {
    const phone = this.#phones.get(event.args[1] ?? '');
    if (!phone) {
      void this.#ari.attempt('channels.hangup', { channelId: event.channel.id, reason_code: '1' });
      return;
    }
    this.#keep(phone.receive(event));
  }
}

/** Which leg an event is about: ids of its playbacks, ears and recordings begin with the channel's. */
function legOf(event: AriEvent): string {
  if ('playback' in event && event.playback) return event.playback.id.split('~')[0] ?? '';
  if ('recording' in event) return event.recording.name.split('~')[0] ?? '';
  if ('channel' in event && event.channel) return event.channel.id.split('~')[0] ?? '';
  return '';
}

async function connect(ari: Ari, process: CarrierProcess): Promise<void> {
  try {
    await ari.connect(START_MS);
  } catch (error) {
    process.requireAlive();
    throw error;
  }
}

async function prepare(sounds: Sounds): Promise<void> {
  await sounds.room();
  for (const text of CALLER_SENTENCES) await sounds.speech(text, 'caller');
  for (const text of AGENT_SENTENCES) await sounds.speech(text, 'agent');
}

async function resolveAddress(address: string): Promise<{ host: string; port: number }> {
  const [name = '127.0.0.1', port = '5060'] = address.split(':');
  return { host: (await lookup(name, 4)).address, port: Number(port) };
}
