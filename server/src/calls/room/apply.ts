/**
 * Brings Asterisk in line with a room: bridges, music, muting, listening. Knows what it did last and does only the difference; after
 * a restart it looks at what is there first. What is missing (a channel that is just leaving) is left out: its end is on its way.
 */
import { type Ari, AriUnavailable } from '../../engines/asterisk/ari.ts';
import type { CallerChannel } from '../caller.ts';
import { onceOurs } from '../ours.ts';
import type { Topology } from './topology.ts';

/** What the caller hears while nobody talks to them. */
const DEFAULT_MUSIC = 'default';

interface Watch {
  snoopId: string;
  bridge: string;
  watched: string;
}

export interface Stage {
  contactId: string;
  ari: Ari;
  caller: CallerChannel;
  /** Music class for callers who wait. */
  music: string;
  channelOf(legId: string): string | undefined;
}

export class Applier {
  readonly #stage: Stage;
  readonly #main: string;
  readonly #aside: string;
  /** Bridge → channels that we put there. */
  readonly #bridges = new Map<string, Set<string>>();
  readonly #silent = new Set<string>();
  readonly #ringback = new Set<string>();
  readonly #watching = new Map<string, Watch>();
  #uncertain = false;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#main = `contact-${stage.contactId}`;
    this.#aside = `contact-${stage.contactId}-aside`;
  }

  /** After a restart, or when Asterisk was too slow to say: what is in place already. What can't be read is set anew. */
  async adopt(): Promise<void> {
    const { ari, contactId } = this.#stage;
    this.#bridges.clear();
    this.#watching.clear();
    this.#uncertain = true;
    for (const bridge of await ari.request('bridges.list', {})) {
      if (bridge.id === this.#main || bridge.id === this.#aside) this.#bridges.set(bridge.id, new Set(bridge.channels));
      else if (bridge.id.startsWith(`contact-${contactId}-watch-`))
        await ari.attempt('bridges.destroy', { bridgeId: bridge.id });
    }
    for (const channel of await ari.request('channels.list', {}))
      if (channel.id.startsWith(`contact-${contactId}-snoop-`))
        await ari.attempt('channels.hangup', { channelId: channel.id });
  }

  async apply(to: Topology): Promise<void> {
    const { caller } = this.#stage;
    const main = this.#channels(to.main.legs);
    if (to.main.caller) main.add(caller.channelId);
    const aside = this.#channels(to.aside);
    if (this.#uncertain) this.#suspect(to);
    await this.#endWatching(to);
    await Promise.all([this.#leave(this.#main, main), this.#leave(this.#aside, aside)]);
    await Promise.all([
      to.music ? caller.startMusic(this.#stage.music || DEFAULT_MUSIC) : caller.stopMusic(),
      this.#ring(this.#channels(to.ringback)),
      this.#silence(this.#channels(to.silent)),
    ]);
    await Promise.all([this.#enter(this.#main, main), this.#enter(this.#aside, aside)]);
    for (const { legId, watches } of to.watching) await this.#watch(legId, watches);
  }

  /** Asterisk doesn't tell who is mute or hears ringing: whoever should not be may be, whoever should be may not. */
  #suspect(to: Topology): void {
    this.#uncertain = false;
    const everybody = this.#channels([
      ...to.main.legs,
      ...to.aside,
      ...to.ringback,
      ...to.watching.map(({ legId }) => legId),
    ]);
    for (const [is, shouldBe] of [
      [this.#silent, this.#channels(to.silent)],
      [this.#ringback, this.#channels(to.ringback)],
    ] as const) {
      is.clear();
      for (const channel of everybody) if (!shouldBe.has(channel)) is.add(channel);
    }
  }

  /** A channel is no more; whoever has its part next begins from nothing. */
  forget(channelId: string): void {
    for (const channels of this.#bridges.values()) channels.delete(channelId);
    this.#silent.delete(channelId);
    this.#ringback.delete(channelId);
  }

  /** The room is over: its bridges go, the caller stays in the application. */
  async close(): Promise<void> {
    const { ari } = this.#stage;
    for (const legId of this.#watching.keys()) await this.#unwatch(legId);
    await Promise.all([...this.#bridges.keys()].map((bridgeId) => ari.attempt('bridges.destroy', { bridgeId })));
    this.#bridges.clear();
  }

  #channels(legs: readonly string[]): Set<string> {
    return new Set(legs.flatMap((legId) => this.#stage.channelOf(legId) ?? []));
  }

  async #leave(bridgeId: string, wanted: ReadonlySet<string>): Promise<void> {
    const there = this.#bridges.get(bridgeId);
    const leaving = [...(there ?? [])].filter((channel) => !wanted.has(channel));
    if (!there || leaving.length === 0) return;
    for (const channel of leaving) there.delete(channel);
    // One by one: a channel that has gone already must not keep the others in.
    await Promise.all(
      leaving.map((channel) => this.#stage.ari.attempt('bridges.removeChannel', { bridgeId, channel: [channel] })),
    );
  }

  async #enter(bridgeId: string, wanted: ReadonlySet<string>): Promise<void> {
    const { ari } = this.#stage;
    const there = this.#bridges.get(bridgeId) ?? new Set<string>();
    const entering = [...wanted].filter((channel) => !there.has(channel));
    if (entering.length === 0) return;
    if (!this.#bridges.has(bridgeId)) {
      await ari.request('bridges.createWithId', {
        bridgeId,
        type: 'mixing,dtmf_events',
        name: this.#stage.contactId,
      });
      this.#bridges.set(bridgeId, there);
    }
    const added = await ari.attempt('bridges.addChannel', { bridgeId, channel: entering });
    if (added === null && entering.length > 1)
      for (const channel of entering) await ari.attempt('bridges.addChannel', { bridgeId, channel: [channel] });
    for (const channel of entering) there.add(channel);
  }

  async #ring(wanted: ReadonlySet<string>): Promise<void> {
    const { ari } = this.#stage;
    for (const channelId of [...this.#ringback].filter((channel) => !wanted.has(channel))) {
      this.#ringback.delete(channelId);
      await ari.attempt('channels.ringStop', { channelId });
    }
    for (const channelId of [...wanted].filter((channel) => !this.#ringback.has(channel))) {
      this.#ringback.add(channelId);
      await ari.attempt('channels.ring', { channelId });
    }
  }

  async #silence(wanted: ReadonlySet<string>): Promise<void> {
    const { ari } = this.#stage;
    for (const channelId of [...this.#silent].filter((channel) => !wanted.has(channel))) {
      this.#silent.delete(channelId);
      await ari.attempt('channels.unmute', { channelId, direction: 'in' });
    }
    for (const channelId of [...wanted].filter((channel) => !this.#silent.has(channel))) {
      this.#silent.add(channelId);
      await ari.attempt('channels.mute', { channelId, direction: 'in' });
    }
  }

  async #endWatching(to: Topology): Promise<void> {
    for (const [legId, watch] of this.#watching) {
      const wanted = to.watching.find((each) => each.legId === legId);
      const watched = wanted && this.#stage.channelOf(wanted.watches);
      if (watched !== watch.watched) await this.#unwatch(legId);
    }
  }

  async #unwatch(legId: string): Promise<void> {
    const { ari } = this.#stage;
    const watch = this.#watching.get(legId);
    if (!watch) return;
    this.#watching.delete(legId);
    await ari.attempt('channels.hangup', { channelId: watch.snoopId });
    await ari.attempt('bridges.destroy', { bridgeId: watch.bridge });
  }

  /** The supervisor is bridged with a copy of the watched channel: hears both sides, is heard by that side alone. */
  async #watch(legId: string, watches: string): Promise<void> {
    const { ari, contactId } = this.#stage;
    const watched = this.#stage.channelOf(watches);
    const supervisor = this.#stage.channelOf(legId);
    if (this.#watching.has(legId) || !watched || !supervisor) return;
    const suffix = `${legId.slice(-8)}-${Date.now().toString(36)}`;
    const watch = {
      snoopId: `contact-${contactId}-snoop-${suffix}`,
      bridge: `contact-${contactId}-watch-${suffix}`,
      watched,
    };
    const snoop = await ari.attempt('channels.snoopChannelWithId', {
      channelId: watched,
      snoopId: watch.snoopId,
      app: ari.app,
      appArgs: 'snoop',
      spy: 'both',
      whisper: 'out',
    });
    if (!snoop) return;
    this.#watching.set(legId, watch);
    const bridgeId = watch.bridge;
    await ari.request('bridges.createWithId', { bridgeId, type: 'mixing', name: contactId });
    await ari.attempt('bridges.addChannel', { bridgeId, channel: [supervisor] });
    const added = await onceOurs(async () => {
      await ari.attempt('bridges.addChannel', { bridgeId, channel: [watch.snoopId] });
      return (await isIn(ari, bridgeId, watch.snoopId)) || null;
    });
    if (added) return;
    await this.#unwatch(legId);
    throw new AriUnavailable(`${watch.snoopId} did not enter the application`);
  }
}

async function isIn(ari: Ari, bridgeId: string, channelId: string): Promise<boolean> {
  const bridge = await ari.attempt('bridges.get', { bridgeId });
  return bridge?.channels.includes(channelId) ?? true;
}
