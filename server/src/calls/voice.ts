/** The voice role: hands Asterisk's events to the calls they belong to, and keeps calls, phones and routing going. */

import type { Ari } from '../engines/asterisk/ari.ts';
import type { AriEvent, Channel } from '../engines/asterisk/generated/ari.ts';
import type { Lookup } from '../engines/lookup/lookup.ts';
import type { SmsCapabilities } from '../engines/sms/gateway.ts';
import type { PromptStore } from '../engines/speech/prompts.ts';
import type { Db } from '../platform/db.ts';
import type { Hint, HintListener } from '../platform/hints.ts';
import type { Logger } from '../platform/log.ts';
import type { Vault } from '../platform/vault.ts';
import type { Offer } from '../queues/reserve.ts';
import { Router } from '../queues/router.ts';
import { adopt, adoptForgotten } from './adopt.ts';
import { INBOUND_CONTEXT, openCall } from './arrivals.ts';
import { Call } from './call.ts';
import { type Command, finishCommand, type Outcome, openCommand } from './commands.ts';
import type { CallEngine } from './context.ts';
import { callbackStart, openOutbound } from './dialling.ts';
import { prepareAnnouncements } from './host/announce.ts';
import { legFailed } from './legs.ts';
import type { LostPhone } from './lost-phones.ts';
import { PartRefused } from './parts.ts';
import { persist } from './persist.ts';
import { Phones } from './phones.ts';
import { type EngineView, settleJournal, viewEngine } from './reconcile.ts';
import type { CallStart } from './start.ts';
import { agentSweep } from './sweep.ts';
import { TEST_CONTEXT } from './test-calls.ts';
import { Trunks } from './trunks.ts';

export interface VoiceOptions {
  db: Db;
  ari: Ari;
  hints: HintListener;
  prompts: PromptStore;
  log: Logger;
  vault: Vault;
  lookup: Lookup;
  sms: SmsCapabilities | null;
  secret: string;
  recordingsDir: string;
  journalDir: string;
}

const SWEEP_MS = 1_000;
const PHONES_MS = 2_000;
const TRUNKS_MS = 5_000;
const SETTLE_MS = 180_000;
const RETRY_MS = 1_000;
const NORMAL_CLEARING = 16;
/** What Asterisk need not send us: everything else, above all each variable that is set. */
const WANTED_EVENTS = [
  'StasisStart',
  'StasisEnd',
  'ChannelDtmfReceived',
  'ChannelStateChange',
  'ChannelHangupRequest',
  'ChannelDestroyed',
  'PlaybackFinished',
  'RecordingFinished',
  'RecordingFailed',
  'DeviceStateChanged',
  // Of a phone that is cut off, of a trunk's first answer.
  'ContactStatusChange',
];

export class Voice {
  readonly #options: VoiceOptions;
  readonly #engine: CallEngine;
  readonly #phones: Phones;
  readonly #trunks: Trunks;
  readonly #router: Router;
  readonly #calls = new Map<string, { call: Call; done: Promise<void> }>();
  readonly #byChannel = new Map<string, Call>();
  /** Channels that are about to go: why. `soft`: nobody hung up, Asterisk or we did. */
  readonly #hangups = new Map<string, { cause: number; soft: boolean }>();
  /** Channels whose contact is being opened: what happens to them meanwhile has to wait for it. */
  readonly #admitting = new Map<string, Promise<void>>();
  readonly #timers: NodeJS.Timeout[] = [];
  /** Events that arrive while a new connection is being reconciled wait for it. */
  #reconciling: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: VoiceOptions) {
    this.#options = options;
    const { db, ari, prompts, log, vault, lookup, sms, recordingsDir, secret } = options;
    this.#router = new Router({ db, log, onOffer: (offer) => this.#offer(offer) });
    const goOn = (start: CallStart) => this.#run(new Call(this.#engine, start));
    this.#engine = { db, ari, prompts, router: this.#router, log, vault, lookup, sms, recordingsDir, goOn };
    const onLost = ({ contactId, legId }: LostPhone) =>
      this.#calls.get(contactId)?.call.deliver({ type: 'agent_lost', legId });
    this.#phones = new Phones({ db, ari, log, vault, secret, onLost });
    this.#trunks = new Trunks({ db, ari, log, vault });
  }

  /** Connects, takes over what is in progress, and begins to serve. */
  async start(): Promise<void> {
    const { ari, hints, log } = this.#options;
    ari.on('connected', () => this.#reconcileNow());
    ari.on('event', (event) => {
      this.#reconciling
        .then(() => this.#receive(event))
        .catch((error) => log.error({ error, event: event.type }, 'event failed'));
    });
    hints.onHint((hint) => void this.#hint(hint).catch((error) => log.error({ error, hint }, 'hint failed')));
    // The store was away: whatever could not be booked meanwhile is held against Asterisk again.
    hints.onGap(() => this.#reconcileNow());
    await ari.connect();
    await this.#reconciling;
    const sweep = agentSweep(this.#options.db, this.#phones);
    this.#every(SWEEP_MS, 'sweep', () => sweep(new Date()));
    this.#every(TRUNKS_MS, 'trunks', () => (ari.isConnected ? this.#trunks.look() : Promise.resolve()));
    this.#every(PHONES_MS, 'phones', () => (ari.isConnected ? this.#phones.look() : Promise.resolve()));
    this.#every(SETTLE_MS, 'settling', async () => {
      if (!ari.isConnected) return;
      const settling = this.#reconciling.then(() => this.#settle());
      this.#reconciling = settling.catch(() => undefined);
      await settling;
    });
  }

  #every(ms: number, what: string, work: () => Promise<void>): void {
    const run = () => work().catch((error) => this.#options.log.warn({ error, what }, 'regular work failed'));
    this.#timers.push(setInterval(run, ms));
  }

  /** Stops serving; calls in progress go on in Asterisk and wait for the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#options.ari.close();
    await this.#router.close();
  }

  get callCount(): number {
    return this.#calls.size;
  }

  /** Once more when something was away; events don't wait for that. */
  #reconcileNow(): void {
    const { ari, log } = this.#options;
    this.#reconciling = this.#reconciling.then(async () => {
      if (this.#stopped || !ari.isConnected) return;
      try {
        await this.#reconcile();
      } catch (error) {
        log.error({ error }, 'reconciling failed');
        setTimeout(() => this.#reconcileNow(), RETRY_MS).unref();
      }
    });
  }

  /** Callers come first; their agents' phones are in Asterisk already, unless it is as new as we are. */
  async #reconcile(): Promise<void> {
    const { ari, journalDir, log } = this.#options;
    const started = Date.now();
    const filter = { allowed: WANTED_EVENTS.map((type) => ({ type })) };
    await ari.request('applications.filter', { applicationName: ari.app, filter });
    // A contact that is just being opened is ours, though not among the calls yet.
    await Promise.all(this.#admitting.values());
    const before = [...this.#byChannel];
    const there = await viewEngine(this.#engine, journalDir);
    this.#endVanished(there, before);
    const { adopted, ended } = await adopt(this.#engine, there, new Set(this.#calls.keys()));
    for (const call of adopted) this.#run(call);
    await this.#admitWaiting();
    const unserved = await settleJournal(this.#engine, there, journalDir);
    void this.#trunks.pushAll();
    this.#pushPhones();
    log.info({ adopted: adopted.length, ended, unserved, ms: Date.now() - started }, 'calls reconciled with Asterisk');
  }

  #pushPhones(): void {
    const { ari, log } = this.#options;
    const push = async () => {
      await this.#phones.pushAll();
      this.#router.kick();
    };
    push().catch((error) => {
      log.warn({ error }, 'phones not pushed');
      if (!this.#stopped && ari.isConnected) setTimeout(() => this.#pushPhones(), RETRY_MS).unref();
    });
  }

  /** Now and then, while all is well: whatever was forgotten all the same, and the journal, which is kept no longer than needed. */
  async #settle(): Promise<void> {
    const { journalDir, log } = this.#options;
    await Promise.all(this.#admitting.values());
    const there = await viewEngine(this.#engine, journalDir);
    const { adopted, ended } = await adoptForgotten(this.#engine, there, new Set(this.#calls.keys()));
    for (const call of adopted) this.#run(call);
    await this.#admitWaiting();
    const unserved = await settleJournal(this.#engine, there, journalDir);
    if (adopted.length + ended + unserved > 0)
      log.warn({ adopted: adopted.length, ended, unserved }, 'calls had been forgotten');
  }

  /** Channels that entered while nobody listened. */
  async #admitWaiting(): Promise<void> {
    const waiting = (await this.#options.ari.request('channels.list', {})).filter(
      ({ dialplan: { app_name: app, context } }) =>
        app === 'Stasis' && (context === INBOUND_CONTEXT || context === TEST_CONTEXT),
    );
    for (const channel of waiting) if (!this.#byChannel.has(channel.id)) await this.#admit(channel);
  }

  /** Calls of this process whose channels went while the connection was down. */
  #endVanished(there: EngineView, before: readonly [string, Call][]): void {
    const { ari } = this.#options;
    for (const [channelId, call] of before) {
      if (there.channels.has(channelId)) continue;
      const at = there.hangups.get(channelId)?.at ?? ari.lostAt ?? new Date();
      this.#channelGone(call, channelId, { cause: 0, cut: false, at });
    }
  }

  async #receive(event: AriEvent): Promise<void> {
    const { log } = this.#options;
    log.trace({ type: event.type, channel: 'channel' in event ? event.channel?.id : undefined }, 'ARI event');
    switch (event.type) {
      case 'StasisStart':
        return this.#entered(event.channel, event.args);
      case 'ChannelDtmfReceived': {
        await this.#admitting.get(event.channel.id);
        const call = this.#byChannel.get(event.channel.id);
        if (call?.channelId === event.channel.id) call.key(event.digit);
        return;
      }
      case 'PlaybackFinished':
        return this.#byChannel
          .get(event.playback.target_uri.replace(/^channel:/, ''))
          ?.playbackFinished(event.playback.id);
      case 'RecordingFinished':
      case 'RecordingFailed':
        return this.#byChannel
          .get(event.recording.target_uri.replace(/^channel:/, ''))
          ?.recordingEnded(event.recording);
      case 'ChannelStateChange':
        return this.#stateChanged(event.channel);
      case 'ChannelHangupRequest':
        // The first tells why; the dialplan's own follows when a channel comes back from the application.
        if (!this.#hangups.has(event.channel.id))
          this.#hangups.set(event.channel.id, { cause: event.cause ?? 0, soft: event.soft === true });
        return;
      // A channel that leaves the application is on its way out: the dialplan hangs it up, and we hear no more of it.
      case 'StasisEnd':
      case 'ChannelDestroyed': {
        await this.#admitting.get(event.channel.id);
        const { id } = event.channel;
        const call = this.#byChannel.get(id) ?? this.#agentCall(id);
        const hangup = this.#hangups.get(id);
        this.#hangups.delete(id);
        const cause = event.type === 'ChannelDestroyed' ? event.cause : hangup?.cause || NORMAL_CLEARING;
        if (call) this.#channelGone(call, id, { cause, cut: hangup?.soft === true, at: new Date(event.timestamp) });
        return;
      }
      case 'DeviceStateChanged':
        return this.#phones.deviceStateChanged(event.device_state.name, event.device_state.state);
      default:
        return;
    }
  }

  async #entered(channel: Channel, args: string[]): Promise<void> {
    // Ours, and not answered by anybody: a copy for a supervisor, a customer who is being called.
    if (args[0] === 'snoop' || args[0] === 'caller') return;
    if (args[0] === 'agent') {
      const call = this.#agentCall(channel.id);
      if (call) call.deliver({ type: 'answered', channelId: channel.id });
      else await this.#options.ari.attempt('channels.hangup', { channelId: channel.id });
      return;
    }
    if (!this.#byChannel.has(channel.id)) await this.#admit(channel, args);
  }

  async #admit(channel: Channel, args?: string[]): Promise<void> {
    const opening = this.#open(channel, args);
    this.#admitting.set(
      channel.id,
      opening.catch(() => undefined),
    );
    await opening.finally(() => this.#admitting.delete(channel.id));
  }

  async #open(channel: Channel, args?: string[]): Promise<void> {
    // Stasis(app,inbound,<dialled>,<source>): a channel found in the list tells its arguments by its dialplan data.
    const call = await openCall(this.#engine, channel, args ?? channel.dialplan.app_data.split(',').slice(1));
    if (call) this.#run(call);
  }

  #run(call: Call): void {
    this.#byChannel.set(call.channelId, call);
    const done = call.run().finally(() => {
      if (this.#calls.get(call.contactId)?.call === call) this.#calls.delete(call.contactId);
      // The caller may have gone on in another contact.
      if (this.#byChannel.get(call.channelId) === call) this.#byChannel.delete(call.channelId);
    });
    this.#calls.set(call.contactId, { call, done });
  }

  /** The call that an agent's channel belongs to, by its name `contact-<id>-agent-<n>`, or `….<part>` at a later phone. */
  #agentCall(channelId: string): Call | undefined {
    const contactId = /^contact-([0-9a-f-]{36})-agent-\d+(?:\.\d+)?$/.exec(channelId)?.[1];
    return contactId ? this.#calls.get(contactId)?.call : undefined;
  }

  #stateChanged({ id, state }: Channel): void {
    if (state === 'Ringing') this.#agentCall(id)?.deliver({ type: 'ringing', channelId: id });
    const outbound = state === 'Up' ? this.#byChannel.get(id) : undefined;
    outbound?.deliver({ type: 'answered', channelId: id });
  }

  #channelGone(call: Call, channelId: string, gone: { cause: number; cut: boolean; at: Date }): void {
    if (channelId === call.channelId) call.callerGone(gone.at, gone.cause);
    else call.deliver({ type: 'gone', channelId, ...gone });
  }

  #offer(offer: Offer): void {
    const call = this.#calls.get(offer.contactId)?.call;
    if (call) call.deliver({ type: 'offer', offer });
    else this.#offerCallback(offer).catch((error) => this.#options.log.error({ error }, 'offer without a call'));
  }

  /** A call-back that waits has no call until an agent is free for it. */
  async #offerCallback(offer: Offer): Promise<void> {
    const { log, db } = this.#options;
    const start = await persist(log, () => callbackStart(this.#engine, offer));
    if (start) return this.#run(new Call(this.#engine, start));
    const leg = { ...offer, role: 'lead' as const, outside: null };
    await persist(log, () => legFailed(db, leg, 'caller_left', new Date()));
  }

  async #hint(hint: Hint): Promise<void> {
    if (hint.topic === 'routing') this.#router.kick();
    else if (hint.topic === 'phone')
      await Promise.all([
        this.#agentMoved(hint.personId),
        this.#phones.refresh(hint.personId),
        prepareAnnouncements(this.#options.db, this.#options.prompts, hint.personId),
      ]);
    else if (hint.topic === 'trunks') await this.#trunks.pushAll();
    else if (hint.topic === 'device') await this.#phones.deviceChanged(hint.name);
    else if (hint.topic === 'command') await this.#command(hint.commandId);
  }

  /** A desk that changes hands while its agent has a call: the call follows. */
  async #agentMoved(personId: string): Promise<void> {
    const leg = await this.#options.db
      .selectFrom('contact_legs')
      .select(['id', 'contact_id'])
      .where('person_id', '=', personId)
      .where('state', '<>', 'ended')
      .executeTakeFirst();
    if (leg) this.#calls.get(leg.contact_id)?.call.deliver({ type: 'agent_moved', legId: leg.id });
  }

  async #command(id: string): Promise<void> {
    const { db, log } = this.#options;
    const command = await openCommand(db, id);
    if (!command) return;
    const outcome = await this.#carryOut(command).catch((error: unknown): Outcome => {
      log.error({ error, verb: command.verb }, 'command failed');
      return { refusal: '系统繁忙，请稍后再试', result: {} };
    });
    await finishCommand(db, id, outcome);
  }

  async #carryOut(command: Command): Promise<Outcome> {
    if (command.verb === 'dial') return this.#dial(command);
    const { legId, contactId } = command;
    const call = contactId ? this.#calls.get(contactId)?.call : undefined;
    if (!call || !legId) return { refusal: '通话已结束', result: {} };
    const refusal = await new Promise<string | null>((done) =>
      call.deliver({ type: 'command', command: { ...command, legId }, done }),
    );
    return { refusal, result: {} };
  }

  async #dial(command: Command): Promise<Outcome> {
    // What is being opened must not be taken for forgotten.
    await this.#reconciling;
    try {
      const start = await openOutbound(this.#engine, command);
      this.#run(new Call(this.#engine, start));
      return { refusal: null, result: { contactId: start.contactId } };
    } catch (error) {
      if (error instanceof PartRefused) return { refusal: error.message, result: {} };
      throw error;
    }
  }
}
