import type { RTCSession } from 'jssip/lib/RTCSession';
import { describeEnd } from './causes.ts';
import { Connection } from './connection.ts';
import { type AudioChoice, routeSound } from './devices.ts';
import { hastenGathering, refreshTarget } from './dialog.ts';
import { EchoCall, type EchoState } from './echo.ts';
import { Emitter } from './emitter.ts';
import { sendKey } from './keys.ts';
import { CallMicrophone, MicrophoneError } from './microphone.ts';
import { type Call, type CallEnding, type CallFailure, isActive, type Problem, type Registration } from './states.ts';
import { type LineStatistics, readStatistics } from './statistics.ts';
import { dropIn, ringBack, ringtone, Tones } from './tones.ts';

export type SoftphoneOptions = {
  uri: string;
  username: string;
  password: string;
  /** Path of the SIP WebSocket on the page's own origin. */
  websocketPath: string;
  /** false: dials only, never registers (来电体验). */
  register?: boolean;
};

export type SoftphoneEvents = { registration: Registration; call: Call; problem: Problem };

const DIAL_DEADLINE_MS = 60_000;
const ANSWER_DEADLINE_MS = 10_000;

/** A browser phone with one line: SIP over the page's own origin, WebRTC audio, no framework. */
export class Softphone {
  readonly #events = new Emitter<SoftphoneEvents>();
  readonly #connection: Connection;
  readonly #domain: string;
  readonly #audio = new Audio();
  readonly #tones = new Tones();
  #call: Call = { state: 'idle' };
  #session: RTCSession | null = null;
  readonly #microphone = new CallMicrophone(() => this.#events.emit('problem', 'microphone_lost'));
  #devices: AudioChoice = { microphone: null, speaker: null };
  #echo: EchoCall | null = null;
  #answersItself = false;
  #deadline: ReturnType<typeof setTimeout> | null = null;

  constructor(options: SoftphoneOptions) {
    this.#domain = options.uri.split('@')[1] ?? location.hostname;
    this.#audio.autoplay = true;
    this.#connection = new Connection(
      {
        uri: options.uri,
        username: options.username,
        password: options.password,
        websocketUrl: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${options.websocketPath}`,
        register: options.register ?? true,
      },
      {
        registration: (registration) => this.#events.emit('registration', registration),
        incoming: (session, autoAnswer) => this.#incoming(session, autoAnswer),
        busy: () => isActive(this.#call),
        connected: () => this.#reconnected(),
      },
    );
  }

  on<Name extends keyof SoftphoneEvents>(name: Name, listener: (payload: SoftphoneEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  get call(): Call {
    return this.#call;
  }
  get registration(): Registration {
    return this.#connection.registration;
  }

  start(): void {
    this.#connection.start();
  }

  /** Hangs up, unregisters and lets go of every device. */
  stop(): void {
    this.#echo?.stop();
    this.#connection.stop();
    this.#finish('us', null);
    this.#tones.close();
  }

  /** Waits until calls can be made; false when that takes longer than `deadlineMs`. */
  connected(deadlineMs: number): Promise<boolean> {
    if (this.registration.state === 'registered') return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (result: boolean) => {
        clearTimeout(timer);
        stop();
        resolve(result);
      };
      const timer = setTimeout(() => settle(false), deadlineMs);
      const stop = this.on('registration', ({ state }) => state === 'registered' && settle(true));
    });
  }

  /** Tries to register at once instead of waiting for the next attempt. */
  retryRegistration(): void {
    this.#connection.retry();
  }

  /** Call inside a click or key press, so that the browser lets the phone ring later. */
  unlockSound(): void {
    this.#tones.unlock();
    if (this.#audio.srcObject) void this.#play();
  }

  /** Dials. The outcome arrives as `call` events; does nothing while another call is up. */
  async dial(number: string, options: { extraHeaders?: string[] } = {}): Promise<void> {
    if (isActive(this.#call)) return;
    const since = Date.now();
    this.#set({ state: 'dialling', number, since });
    const mine = () => this.#call.state === 'dialling' && this.#call.since === since;
    try {
      const mediaStream = await this.#microphone.open(this.#devices.microphone);
      if (!mine()) return;
      const session = this.#connection.call(`sip:${number}@${this.#domain}`, {
        mediaStream,
        pcConfig: { iceServers: [] },
        extraHeaders: options.extraHeaders ?? [],
      });
      if (!session) return this.#finish('fault', 'network');
      this.#attach(session);
      this.#expire(DIAL_DEADLINE_MS, 'timeout');
    } catch (error) {
      if (mine()) this.#finish('fault', error instanceof MicrophoneError ? error.failure : 'media');
    }
  }

  /** Answers the ringing call. */
  async answer(): Promise<void> {
    const call = this.#call;
    const session = this.#session;
    if (call.state !== 'ringing' || !session) return;
    this.#set({ ...call, state: 'answering' });
    try {
      const mediaStream = await this.#microphone.open(this.#devices.microphone);
      if (this.#session !== session) return;
      session.answer({ mediaStream, pcConfig: { iceServers: [] } });
      this.#expire(ANSWER_DEADLINE_MS, 'media');
    } catch (error) {
      if (this.#session !== session) return;
      // The call keeps ringing, so that the agent can allow the microphone and answer after all.
      this.#set({ ...call, state: 'ringing' });
      throw error instanceof MicrophoneError ? error : new MicrophoneError('media');
    }
  }

  /** Hangs up, cancels or rejects, whatever the call's state asks for. */
  hangUp(): void {
    const session = this.#session;
    // 603 says that a person refused; JsSIP's own default, 480, would read as a phone that can't be reached.
    if (session && this.#call.state === 'ringing' && !session.isEnded()) session.terminate({ status_code: 603 });
    else if (session) this.#terminate(session);
    if (isActive(this.#call)) this.#finish('us', null);
  }

  mute(muted: boolean): void {
    if (this.#call.state !== 'talking') return;
    if (muted) this.#session?.mute({ audio: true });
    else this.#session?.unmute({ audio: true });
    this.#set({ ...this.#call, muted });
  }

  /** Sends one key. Keys pressed quickly queue up behind each other. */
  sendDtmf(key: string): void {
    if (!/^[0-9*#]$/.test(key) || this.#call.state !== 'talking') return;
    this.#tones.key(key);
    if (this.#session) sendKey(this.#session.connection, key);
  }

  /** What to listen and speak with, from now on and in the talk at hand. Throws MicrophoneError when that can't be opened. */
  async chooseDevices(devices: AudioChoice): Promise<void> {
    this.#devices = devices;
    await Promise.all([routeSound(this.#audio, devices.speaker), this.#tones.setSpeaker(devices.speaker)]);
    const call = this.#call;
    if (call.state !== 'talking' || !this.#session) return;
    await this.#microphone.change(devices.microphone, this.#session.connection, call.muted);
  }

  /** A test call that plays back what is said; a real call ends it. Does nothing in the middle of a call. */
  echo(tell: (state: EchoState) => void): void {
    if (isActive(this.#call)) return;
    this.#echo?.stop();
    this.#echo = new EchoCall(tell);
    void this.#echo.start(this.#connection, this.#domain, this.#devices);
  }

  endEcho(): void {
    this.#echo?.stop();
    this.#echo = null;
  }

  /** Figures of the line, or null when nobody talks. */
  async statistics(): Promise<LineStatistics | null> {
    if (this.#call.state !== 'talking' || !this.#session) return null;
    const report = await this.#session.connection.getStats();
    return readStatistics(report.values() as Iterable<{ type: string }>);
  }

  #incoming(session: RTCSession, autoAnswer: boolean): void {
    if (isActive(this.#call)) {
      session.terminate({ status_code: 486 });
      return;
    }
    const number = session.remote_identity.uri.user ?? '';
    this.#echo?.stop();
    this.#answersItself = autoAnswer;
    this.#set({ state: 'ringing', number, since: Date.now() });
    this.#attach(session);
    // Opened while it rings, so that the answer is not late by the time a device takes to open.
    this.#microphone.open(this.#devices.microphone).catch(() => {});
    if (autoAnswer) this.answer().catch(() => this.#events.emit('problem', 'microphone_lost'));
  }

  #reconnected(): void {
    const session = this.#session;
    if (this.#call.state !== 'talking' || !session) return;
    refreshTarget(session, () => {
      if (this.#session !== session) return;
      this.#finish('them', null);
      this.#terminate(session);
    });
  }

  #attach(session: RTCSession): void {
    this.#session = session;
    const mine = () => this.#session === session;
    session.on('peerconnection', ({ peerconnection }) => this.#hear(peerconnection));
    if (session.connection) this.#hear(session.connection);
    hastenGathering(session);
    session.on('progress', () => mine() && this.#call.state === 'dialling' && this.#tones.loop(ringBack));
    session.on('confirmed', () => mine() && this.#talking());
    session.on('accepted', () => mine() && this.#call.state === 'dialling' && this.#talking());
    for (const name of ['ended', 'failed'] as const) {
      session.on(name, (event) => {
        if (!mine()) return;
        const { ending, failure } = describeEnd(event);
        this.#finish(ending, name === 'ended' && failure !== 'media' ? null : failure);
      });
    }
  }

  #hear(connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ track, streams }) => {
      this.#audio.srcObject = streams[0] ?? new MediaStream([track]);
      void this.#play();
    });
  }

  async #play(): Promise<void> {
    try {
      await this.#audio.play();
    } catch (error) {
      if (error instanceof Error && error.name === 'NotAllowedError') this.#events.emit('problem', 'sound_blocked');
    }
  }

  #talking(): void {
    if (!isActive(this.#call) || this.#call.state === 'talking') return;
    this.#clearDeadline();
    this.#set({ state: 'talking', number: this.#call.number, since: Date.now(), muted: false });
    this.#microphone.watch();
    // Nobody had to click: a short tone says that somebody is on the line.
    if (this.#answersItself) this.#tones.once(dropIn);
    this.#answersItself = false;
  }

  #expire(milliseconds: number, failure: CallFailure): void {
    this.#clearDeadline();
    const session = this.#session;
    this.#deadline = setTimeout(() => {
      if (this.#session !== session || !session) return;
      this.#session = null;
      this.#terminate(session);
      this.#finish('fault', failure);
    }, milliseconds);
  }

  #terminate(session: RTCSession): void {
    if (!session.isEnded()) session.terminate();
  }

  #finish(ending: CallEnding, failure: CallFailure | null): void {
    this.#clearDeadline();
    this.#session = null;
    this.#microphone.close();
    this.#answersItself = false;
    this.#audio.srcObject = null;
    if (!isActive(this.#call)) return;
    this.#set({ state: 'ended', number: this.#call.number, since: Date.now(), ending, failure });
  }

  #clearDeadline(): void {
    if (this.#deadline !== null) clearTimeout(this.#deadline);
    this.#deadline = null;
  }

  #set(call: Call): void {
    const before = this.#call.state;
    this.#call = call;
    if (before !== call.state) {
      if (call.state === 'ringing' && !this.#answersItself) this.#tones.loop(ringtone);
      else this.#tones.stop();
    }
    this.#events.emit('call', call);
  }
}
