/** A simulated agent: signs in like a person with an IP phone, answers, writes its wrap-ups, and is ready again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Desk } from '@rexian/contracts';
import { deviceNameOf } from '@rexian/server/seed/devices.ts';
import { drawWrapUp } from './behaviour.ts';
import type { Carrier } from './carrier.ts';
import { converse } from './conversation.ts';
import type { SimulatedPhone } from './phone.ts';
import { isRefusal, PlatformSession } from './platform.ts';
import type { Random } from './random.ts';
import { AGENT_SENTENCES } from './sounds.ts';

/** A person sits at this agent's desk: it is left alone. */
export class DeskTaken extends Error {}
/** The platform knows no IP phone of this agent. */
export class NoDevice extends Error {}

export interface AgentOptions {
  carrier: Carrier;
  url: string;
  login: string;
  password: string;
  /** Of the agent's own IP phone. */
  phonePassword: string;
  /** host:port of the platform's SIP. */
  registrar: string;
  random: Random;
  /** Something went wrong that the run should report; English. */
  onTrouble: (what: string) => void;
  /** The platform wants us to log in more slowly. */
  onWait: () => void;
}

const POLL_MS = 3_000;
/** How long the agent rests when the platform took it out of the queue. */
const REST_MS = 3_000;

export class SimulatedAgent {
  readonly login: string;
  readonly #options: AgentOptions;
  readonly #session: PlatformSession;
  readonly #sessionId: string;
  readonly #leaving = new AbortController();
  #phone: SimulatedPhone | null = null;
  #wake = Promise.withResolvers<void>();
  #working: Promise<void> = Promise.resolve();

  private constructor(options: AgentOptions, session: PlatformSession, sessionId: string) {
    this.#options = options;
    this.login = options.login;
    this.#session = session;
    this.#sessionId = sessionId;
  }

  /** Signs in, registers its phone, goes ready. Throws DeskTaken when a person works there. */
  static async start(options: AgentOptions): Promise<SimulatedAgent> {
    const session = await PlatformSession.open(options.url, options.login, options.password, options.onWait);
    try {
      const before = await session.api.desk.get({});
      if (before.session && before.session.phone.kind !== 'sip')
        throw new DeskTaken(`${options.login} is signed in by a person`);
      const device = await ownDevice(session, options.login);
      const { sessionId } = await session.api.desk.signIn({ phone: { kind: 'sip', deviceId: device.id } });
      const agent = new SimulatedAgent(options, session, sessionId);
      const access = { username: device.name, password: options.phonePassword, registrar: options.registrar };
      agent.#phone = await options.carrier.phone(access, {
        onCall: (call) => {
          agent.#answerNextAfter();
          void call.answered.then((at) => (at ? converse(call, AGENT_SENTENCES, 500) : undefined));
        },
      });
      agent.#answerNextAfter();
      session.listen(() => agent.#wake.resolve());
      agent.#working = agent.#work();
      return agent;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /** Hangs up the call it is in; false when there is none. */
  async hangUp(): Promise<boolean> {
    const call = this.#phone?.call;
    await call?.hangUp();
    return call !== null && call !== undefined;
  }

  /** Ends its call, writes what is to be written, signs out. */
  async stop(): Promise<void> {
    this.#leaving.abort();
    await this.#working;
    await this.#signOut().catch((error: unknown) => this.#options.onTrouble(`${this.login}: ${String(error)}`));
    await this.#phone?.close();
    await this.#session.close();
  }

  #answerNextAfter(): void {
    if (this.#phone) this.#phone.answering = { kind: 'answers', afterMs: this.#options.random.between(1_000, 3_000) };
  }

  /** Looks at the desk whenever the platform says that it changed, and every three seconds anyway. */
  async #work(): Promise<void> {
    const { signal } = this.#leaving;
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers<void>();
      try {
        await this.#act(await this.#session.api.desk.get({}));
      } catch (error) {
        if (!signal.aborted) this.#options.onTrouble(`${this.login}: ${String(error)}`);
      }
      await Promise.race([this.#wake.promise, pause(POLL_MS, signal)]);
    }
  }

  async #act(desk: Desk): Promise<void> {
    const { session, contact } = desk;
    if (session?.id !== this.#sessionId) return this.#leaving.abort();
    if (session.state === 'wrap_up' && contact) await this.#wrapUp(contact.legId, { state: 'ready' });
    else if (session.state === 'not_ready' && session.can.ready) {
      if (session.reason !== 'signed_in') await pause(REST_MS, this.#leaving.signal);
      if (!this.#leaving.signal.aborted) await this.#goReady();
    }
  }

  async #goReady(): Promise<void> {
    try {
      await this.#session.api.desk.setState({ sessionId: this.#sessionId, state: 'ready' });
    } catch (error) {
      if (!isRefusal(error, 'WRONG_STATE')) throw error;
    }
  }

  async #wrapUp(legId: string, next: { state: 'ready' } | { state: 'not_ready'; reason: 'break' }): Promise<void> {
    const { random } = this.#options;
    const plan = drawWrapUp(random);
    const [categories] = await Promise.all([
      this.#session.api.desk.categories({}),
      pause(plan.afterMs, this.#leaving.signal),
    ]);
    const leaves = categories.filter(
      ({ id, active }) => active && !categories.some((below) => below.active && below.parentId === id),
    );
    const categoryId = leaves.length > 0 ? random.pick(leaves).id : null;
    const { result, remark } = plan;
    await this.#session.api.desk.wrapUp({ sessionId: this.#sessionId, legId, result, categoryId, remark, next });
  }

  async #signOut(): Promise<void> {
    await this.#phone?.call?.hangUp();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const { session, contact } = await this.#session.api.desk.get({});
      if (session?.id !== this.#sessionId) return;
      try {
        if (session.state === 'wrap_up' && contact) {
          await this.#wrapUp(contact.legId, { state: 'not_ready', reason: 'break' });
        }
        await this.#session.api.desk.signOut({ sessionId: this.#sessionId });
        return;
      } catch (error) {
        // The call's end reaches the desk a moment after the phone.
        if (!isRefusal(error, 'WRONG_STATE')) throw error;
        await sleep(300);
      }
    }
  }
}

/** The IP phone that belongs to the agent alone. */
async function ownDevice(session: PlatformSession, login: string): Promise<{ id: string; name: string }> {
  const { devices } = await session.api.desk.phones({});
  const own = devices.find(({ name }) => name === deviceNameOf(login));
  if (!own) throw new NoDevice(login);
  if (own.inUseBy !== null) throw new DeskTaken(`the phone of ${login} is in use`);
  return own;
}

/** Waits, but not longer than until the signal. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
