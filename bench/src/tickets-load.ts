/**
 * The load of `bench tickets`, a process of its own: people who read, register and handle work orders through the HTTP API. Requests go off
 * when they are due, however many answers are still waited for, and their time counts from then.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { RPC_PATH } from '@rexian/contracts';
import { newId } from '@rexian/server/platform/ids.ts';
import { createRandom, type Random } from '@rexian/simulate';
import { Pool } from 'undici';
import { drawnCaller, drawnTaxpayer } from './tickets-data.ts';
import { drawnRegistration, type Stage, stagesOf, type Team } from './tickets-way.ts';

export interface LoadPlan {
  url: string;
  seed: number;
  /** Cookie headers by id of the person. */
  cookies: Record<string, string>;
  teams: Team[];
  categories: string[];
  /** Numbers of orders, and words, to look for. */
  numbers: string[];
  words: string[];
}

/** Requests a second for so long. */
export interface LoadStage {
  rate: number;
  seconds: number;
}

export interface LoadCounts {
  /** Milliseconds from when each request was due, by what was asked. */
  ms: Record<string, number[]>;
  errors: number;
  /** Of each kind of error the first. */
  said: Record<string, string>;
  /** Requests that were due. */
  due: number;
  /** Answers came so late that the rest of the stage was left out. */
  givenUp: boolean;
  /** % of a core that the load itself took. */
  cpu: number;
}

const DEADLINE_MS = 15_000;
/** Answers that are waited for at once, in seconds of requests. */
const MOST_WAITED_FOR = 3;
const CONNECTIONS = 200;
/** Orders on their way before the first request counts. */
const PREPARED = 60;

/** Shares of requests, in hundredths. */
const MIX = {
  ...{ todo: 15, doing: 8, done: 6, all: 6, counts: 20, detail: 15, text: 10, exact: 5 },
  ...{ save: 8, step: 5, comment: 2 },
};
type Asked = keyof typeof MIX;

/** An order that this load has registered. */
interface Walk {
  id: string;
  team: Team;
  revision: number;
  registration: object;
  isSubmitted: boolean;
  taskId: string | null;
  /** Still to be taken. */
  stages: Stage[];
}

type Counted = Omit<LoadCounts, 'due' | 'givenUp' | 'cpu'>;

class Load {
  readonly #plan: LoadPlan;
  readonly #pool: Pool;
  readonly #random: Random;
  readonly #people: string[];
  #counts: Counted = { ms: {}, errors: 0, said: {} };
  /** What somebody has had in a list. */
  readonly #seen = new Map<string, string[]>();
  /** Saved once; ready for the next step; submitted and not looked at by the dispatcher. */
  readonly #drafts: Walk[] = [];
  readonly #ready: Walk[] = [];
  readonly #unread: Walk[] = [];

  constructor(plan: LoadPlan) {
    this.#plan = plan;
    this.#pool = new Pool(plan.url, { connections: CONNECTIONS });
    this.#random = createRandom(plan.seed);
    this.#people = Object.keys(plan.cookies);
  }

  async prepare(): Promise<void> {
    for (let turn = 0; turn < PREPARED; turn += 1) {
      for (const work of [() => this.#save(), () => this.#save(), () => this.#step(), () => this.#detail()])
        await work();
    }
    if (this.#counts.errors > 0) throw new Error(`the load can't begin: ${JSON.stringify(this.#counts.said)}`);
  }

  async run({ rate, seconds }: LoadStage): Promise<LoadCounts> {
    this.#counts = { ms: {}, errors: 0, said: {} };
    const open = new Set<Promise<void>>();
    const [begin, cpu] = [performance.now(), process.cpuUsage()];
    let givenUp = false;
    let count = 0;
    for (let due = begin; due < begin + seconds * 1_000; due += this.#gapMs(rate)) {
      const wait = due - performance.now();
      if (wait >= 1) await sleep(wait);
      givenUp = open.size > rate * MOST_WAITED_FOR;
      if (givenUp) break;
      count += 1;
      const one: Promise<void> = this.#one(due).finally(() => open.delete(one));
      open.add(one);
    }
    await Promise.all(open);
    const { user, system } = process.cpuUsage(cpu);
    const share = (user + system) / 10 / (performance.now() - begin);
    return { ...this.#counts, due: count, givenUp, cpu: Math.round(share) };
  }

  /** Arrivals that don't know of each other. */
  #gapMs(rate: number): number {
    return (-Math.log(1 - this.#random.next()) * 1_000) / rate;
  }

  async #one(due: number): Promise<void> {
    let luck = this.#random.next() * 100;
    for (const [asked, share] of Object.entries(MIX) as [Asked, number][]) {
      luck -= share;
      if (luck < 0) return this.#work(asked, due);
    }
  }

  #work(asked: Asked, due: number): Promise<void> {
    const { numbers, words } = this.#plan;
    const random = this.#random;
    switch (asked) {
      case 'counts':
        return this.#ask('counts', 'orders/counts', random.pick(this.#people), undefined, due).then(() => undefined);
      case 'text':
        return this.#list('text', { list: 'all', text: random.pick(words) }, due);
      case 'exact': {
        const one = random.pick([
          { orderNumber: random.pick(numbers) },
          { number: drawnCaller(random) },
          { taxNumber: drawnTaxpayer(random) },
        ]);
        return this.#list('exact', { list: 'all', ...one }, due);
      }
      case 'detail':
        return this.#detail(due);
      case 'save':
        return this.#save(due);
      case 'step':
        return this.#step(due);
      case 'comment':
        return this.#comment(due);
      default:
        return this.#list('list', { list: asked }, due);
    }
  }

  async #list(name: string, search: object, due: number): Promise<void> {
    const person = this.#random.pick(this.#people);
    const page = await this.#ask<{ rows: { id: string }[] }>(
      name,
      'orders/list',
      person,
      { limit: 20, ...search },
      due,
    );
    if (page?.rows[0])
      this.#seen.set(
        person,
        page.rows.map(({ id }) => id),
      );
  }

  /** Of an order that has come to a dispatcher, else of one out of a list. */
  async #detail(due = performance.now()): Promise<void> {
    const walk = this.#unread.shift();
    if (walk) {
      const order = await this.#ask<Detail>(
        'detail',
        'orders/get',
        walk.team.dispatcher.personId,
        { id: walk.id },
        due,
      );
      if (order) this.#goesOn(walk, order);
      return;
    }
    if (this.#seen.size === 0) return this.#list('list', { list: 'all' }, due);
    const [person, ids] = this.#random.pick([...this.#seen]);
    await this.#ask('detail', 'orders/get', person, { id: this.#random.pick(ids) }, due);
  }

  /** Every other save is of a draft that was saved before. */
  async #save(due = performance.now()): Promise<void> {
    const walk = this.#drafts.shift() ?? this.#draft();
    const isNew = walk.revision === 0;
    const { id, revision, registration, team } = walk;
    const input = { id, revision: isNew ? null : revision, registration };
    const saved = await this.#ask<{ revision: number }>('save', 'orders/save', team.registrar.personId, input, due);
    if (!saved) return;
    walk.revision = saved.revision;
    (isNew ? this.#drafts : this.#ready).push(walk);
  }

  #draft(): Walk {
    const team = this.#random.pick(this.#plan.teams);
    const { registration, answer } = drawnRegistration(team, this.#random.pick(this.#plan.categories), this.#random);
    const stages = stagesOf(team, answer);
    return { id: newId(), team, revision: 0, registration, isSubmitted: false, taskId: null, stages };
  }

  async #step(due = performance.now()): Promise<void> {
    const walk = this.#ready.shift();
    if (!walk) return this.#save(due);
    const { id, revision, team } = walk;
    if (!walk.isSubmitted) {
      const { personId } = team.registrar;
      if (!(await this.#ask('step', 'orders/submit', personId, { id, revision }, due))) return;
      walk.isSubmitted = true;
      this.#unread.push(walk);
      return;
    }
    const [stage] = walk.stages;
    if (!stage) throw new Error(`order ${id} has come to its end`);
    const { by, verb, name: _name, ...input } = stage;
    const { personId } = team[by];
    const taken = { id, taskId: walk.taskId, ...input };
    const seen = await this.#ask<{ order: Detail }>('step', `orderSteps/${verb}`, personId, taken, due);
    if (!seen) return;
    walk.stages.shift();
    this.#goesOn(walk, seen.order);
  }

  /** By whoever has the order now. */
  async #comment(due: number): Promise<void> {
    const at = this.#ready.findIndex(({ isSubmitted }) => isSubmitted);
    const [walk] = at < 0 ? [] : this.#ready.splice(at, 1);
    const [stage] = walk?.stages ?? [];
    if (!walk || !stage) return this.#save(due);
    const input = { id: walk.id, text: '已与来电人联系，补充了情况' };
    const { personId } = walk.team[stage.by];
    if (await this.#ask('comment', 'orderSteps/comment', personId, input, due)) this.#ready.push(walk);
  }

  #goesOn(walk: Walk, { tasks }: Detail): void {
    walk.taskId = tasks.find(({ doneAt }) => doneAt === null)?.id ?? null;
    if (walk.taskId) this.#ready.push(walk);
    else if (walk.stages.length > 0) this.#fail('lost', `order ${walk.id} ended ${walk.stages.length} steps early`);
  }

  /** null: an error, which is counted. */
  async #ask<T>(
    name: string,
    path: string,
    personId: string,
    json: object | undefined,
    due: number,
  ): Promise<T | null> {
    try {
      const { statusCode, body } = await this.#pool.request({
        ...{ path: `${RPC_PATH}/${path}`, method: 'POST', body: JSON.stringify({ json }) },
        headers: {
          ...{ 'content-type': 'application/json', 'x-csrf-token': 'orpc' },
          cookie: this.#plan.cookies[personId] ?? '',
        },
        ...{ headersTimeout: DEADLINE_MS, bodyTimeout: DEADLINE_MS, signal: AbortSignal.timeout(DEADLINE_MS) },
      });
      const text = await body.text();
      this.#counts.ms[name] ??= [];
      this.#counts.ms[name].push(performance.now() - due);
      if (statusCode === 200) return (JSON.parse(text) as { json: T }).json;
      this.#fail(`${path} ${statusCode}`, text.slice(0, 300));
    } catch (error) {
      this.#fail(path, String(error));
    }
    return null;
  }

  #fail(what: string, why: string): void {
    this.#counts.errors += 1;
    this.#counts.said[what] ??= why;
  }
}

interface Detail {
  tasks: { id: string; doneAt: string | null }[];
}

let load: Load | null = null;
const answer = async (message: { plan: LoadPlan } | { stage: LoadStage }): Promise<unknown> => {
  if ('plan' in message) {
    load = new Load(message.plan);
    await load.prepare();
    return 'ready';
  }
  if (!load) throw new Error('no plan yet');
  return load.run(message.stage);
};
process.on('message', (message: { plan: LoadPlan } | { stage: LoadStage }) => {
  answer(message).then(
    (done) => process.send?.({ done }),
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});
