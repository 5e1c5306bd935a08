/** The demo's work orders: what its people have registered and handled in the last twenty days, by the steps that they take every day. */
import type { WorkOrderKind, WorkOrderSource } from '@rexian/contracts';
import { sql } from 'kysely';
import { calendarOf } from '../centres/calendars/governing.ts';
import type { WorkingHours } from '../centres/calendars/working-hours.ts';
import { Trees } from '../centres/trees.ts';
import { dayName, dayStart } from '../platform/clock.ts';
import type { Db } from '../platform/db.ts';
import type { Vault } from '../platform/vault.ts';
import { takeNumbers } from '../work-orders/record/numbers.ts';
import { type Actor, actorAt } from '../work-orders/steps/actor.ts';
import { Graphs } from '../work-orders/steps/graphs.ts';
import { OrderSteps } from '../work-orders/steps/steps.ts';
import { fieldsOf } from './orders/fields.ts';
import { type Centre, centres, DAYS, type Kind, type Story } from './orders/stories.ts';
import { OrderTeller, type Telling } from './orders/teller.ts';
import { topics } from './orders/topics.ts';
import { ways } from './orders/ways.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Notices that are older have been read. */
const UNREAD_MS = DAY_MS;

const USUAL = 'consultation';
const sources: Record<Kind, WorkOrderSource> = {
  ...{ consultation: 'direct', inquiry: 'direct', complaint: 'direct', report: 'letter' },
  ...{ suggestion: 'web', transferred: 'platform_12345' },
};
const NAMES = '韦女士 黄先生 覃女士 陆先生 农女士 莫先生 罗女士 蒙先生 梁女士 卢先生 廖女士 潘先生'.split(' ');

/** Orders told side by side: none waits for what another asks. */
const AT_ONCE = 8;

/** `trx` is the owner's. */
export async function seedOrders(trx: Db, vault: Vault, now = new Date()): Promise<void> {
  const told = storiesOf(now);
  const [first] = told;
  if (first) await sql`select make_search_partition(${first.at})`.execute(trx);
  const stage = await stageOf(trx, vault, now);
  const times = told.map(({ at }) => at);
  const numbers = await numbersOf(trx, times);
  await sideBySide(told.map((each, n) => () => tell(stage, each, { n, number: numbers[n] ?? '' })));
  await sql`update notices set read_at = at + interval '20 minutes' where at < ${new Date(now.getTime() - UNREAD_MS)}`.execute(
    trx,
  );
}

interface Told {
  path: string;
  centre: Centre;
  story: Story;
  /** The story's place among those of its centre, and among those of its kind. */
  i: number;
  nth: number;
  at: Date;
}

/** In the order in which they are registered. */
function storiesOf(now: Date): Told[] {
  const counted = new Map<Kind, number>();
  return Object.entries(centres)
    .flatMap(([path, centre]) =>
      centre.stories.map((story, i) => ({ path, centre, story, i, at: timeOf(story, i, now) })),
    )
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map((each) => {
      const [, , kind = USUAL] = each.story;
      const nth = counted.get(kind) ?? 0;
      counted.set(kind, nth + 1);
      return { ...each, nth };
    });
}

/** What all orders have in common. */
type Stage = Awaited<ReturnType<typeof stageOf>>;

async function stageOf(trx: Db, vault: Vault, now: Date) {
  const tree = await new Trees(trx).tree();
  const actors = await actorsOf(trx, (unitId, who) => actorAt(tree, unitId, who));
  const categories = await trx.selectFrom('categories').select(['id', 'name']).execute();
  const calendars = new Map<string, Promise<WorkingHours | null>>();
  return {
    ...{ trx, vault, now, tree, categories, graphs: new Graphs() },
    unitOf: (path: string) => tree.at(path)?.id ?? '',
    actor(login: string): Actor {
      const found = actors.get(login);
      if (!found) throw new Error(`the demo has no ${login}`);
      return found;
    },
    hoursOf(unitId: string): Promise<WorkingHours | null> {
      const hours = calendars.get(unitId) ?? calendarOf(trx, unitId);
      calendars.set(unitId, hours);
      return hours;
    },
  };
}

/** From its registration to where it lies now. */
async function tell(stage: Stage, told: Told, { n, number }: { n: number; number: string }): Promise<void> {
  const { trx, vault, now, tree, categories, graphs, unitOf, actor } = stage;
  const { path, centre, story, i, nth, at } = told;
  const [way, , kind = USUAL, urgency = 'normal'] = story;
  const topic = topics[kind][nth % topics[kind].length];
  if (!topic) throw new Error(`no topic of ${kind}`);
  const { title, content, answer } = topic;
  const immediate = way === 'immediate';
  const agent = centre.agents[i % centre.agents.length] ?? '';
  const { unit, login, ...cast } = castOf(centre, { kind, i, agent, actor, unitOf });
  const reference = kind === 'transferred' ? `${dayName(at).replaceAll('-', '')}${String(n + 101)}` : '';
  const clock = { at };
  const steps = new OrderSteps(trx, vault, { gateway: null, perDay: 0 }, () => clock.at, graphs);
  const telling: Telling = { trx, vault, steps, clock, now, actor, hours: await stage.hoursOf(unit) };
  const order = await OrderTeller.registered(telling, agent, {
    ...{ unitId: unitOf(path), kind, urgency, immediate, source: sources[kind], region: centre.region },
    ...{ number, reference, title, content, answer: immediate ? answer : '' },
    fields: fieldsOf(kind, { at, content, reference, unit: tree.unit(unit)?.name ?? '' }),
    categoryId: categories.find(({ name }) => name === topic.category)?.id ?? null,
    callerNumber: `1980000${String(1_001 + n)}`,
    callerName: NAMES[n % NAMES.length] ?? '',
  });
  if (!immediate) await ways[way](order, { ...cast, handler: login, agent, answer, now });
  await order.until(now);
}

/** Of each day one after the other. */
async function numbersOf(trx: Db, times: readonly Date[]): Promise<string[]> {
  const numbers: string[] = [];
  for (const [, ofDay] of Map.groupBy(times, dayName)) {
    const [at] = ofDay;
    if (at) numbers.push(...(await takeNumbers(trx, at, ofDay.length)));
  }
  return numbers;
}

/** Throws when all have come to an end: none may still ask something of a transaction that is over. */
async function sideBySide(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = tasks.values();
  const work = async () => {
    for (const task of waiting) await task();
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}

interface Part {
  kind: WorkOrderKind;
  i: number;
  agent: string;
  actor(login: string): Actor;
  unitOf(path: string): string;
}

/** Who plays which part. `unit`: by whose calendar the handler works. */
function castOf({ agents, desk, secret, handlers }: Centre, { kind, i, agent, actor, unitOf }: Part) {
  const at = (n: number) => handlers[n % handlers.length] ?? (['', ''] as const);
  const [[path, handler], [otherPath, otherLogin]] = [at(i), at(i + 1)];
  const isSecret = kind === 'complaint' || kind === 'report';
  const leaderId = actor(desk).id;
  // Confidential orders go from person to person where the unit has no desk for them; what is asked again goes to whoever is named.
  const person = (of: string, login: string) => ({ unitId: unitOf(of), desk: null, personId: actor(login).id });
  const other = { login: otherLogin, to: person(otherPath, otherLogin) };
  if (kind === 'inquiry') {
    const colleague = agents[(i + 1) % agents.length] ?? agent;
    return { desk, login: colleague, sent: null, other, leaderId, unit: actor(colleague).unit.id };
  }
  const to = isSecret ? person(path, handler) : { unitId: unitOf(path), desk: null, personId: null };
  const sent = { outcome: isSecret ? '受理' : '派发', to };
  return { desk: isSecret ? secret : desk, login: handler, sent, other, leaderId, unit: unitOf(path) };
}

/** Whole days ago: between nine and five. */
function timeOf([, hours]: Story, i: number, now: Date): Date {
  const then = new Date(now.getTime() - hours * HOUR_MS);
  if (hours % DAYS !== 0) return then;
  const at = new Date(dayStart(then).getTime() + 9 * HOUR_MS + ((i * 37) % 480) * 60_000);
  return at < now ? at : then;
}

async function actorsOf(
  db: Db,
  make: (unitId: string, who: Pick<Actor, 'id' | 'name' | 'permissions'>) => Actor,
): Promise<ReadonlyMap<string, Actor>> {
  const { rows } = await sql<{ login: string; unitId: string } & Pick<Actor, 'id' | 'name' | 'permissions'>>`
    select p.login, p.unit_id as "unitId", p.id, p.name,
      (select array_agg(distinct each) from person_roles pr join roles r on r.id = pr.role_id, unnest(r.permissions) each
        where pr.person_id = p.id) as permissions
    from people p`.execute(db);
  return new Map(rows.map(({ login, unitId, ...who }) => [login, make(unitId, who)]));
}
