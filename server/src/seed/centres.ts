/** Units, queues, flows, numbers, access codes and calendars of the demo: the province and its fourteen cities, down to the service halls. */
import type { AcceptsFrom, OpenHours, UnitKind } from '@rexian/contracts';
import { branchFlow } from '@rexian/flows/flow-templates/branch.ts';
import type { Insertable } from 'kysely';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Database } from '../platform/schema.ts';
import { CITIES, type City, hotlineOf, subscriber } from './guangxi.ts';

type Rows<Table extends keyof Database> = Insertable<Database[Table]>[];

/** What people are put into. */
export interface DemoCentres {
  /** By path. */
  unitIds: ReadonlyMap<string, string>;
  /** By name. */
  queueIds: ReadonlyMap<string, string>;
}

/** These are answered at any hour; the other cities go by their calendar. */
const ROUND_THE_CLOCK = ['gx', 'gx.nanning', 'gx.liuzhou'];
const ALL_DAY: OpenHours = [{ from: '00:00', to: '24:00' }];
const OFFICE: OpenHours = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '17:30' },
];

/** What the cities dial to send a caller back to the province. */
export const PROVINCE_CODE = '100';
interface DemoCode {
  code: string;
  name: string;
  numberId: string;
  queueId: string | undefined;
  accepts: readonly AcceptsFrom[];
}

export class CentreRows implements DemoCentres {
  readonly unitIds = new Map<string, string>();
  readonly queueIds = new Map<string, string>();
  readonly #units: Rows<'units'> = [];
  readonly #queues: Rows<'queues'> = [];
  readonly #flows: Rows<'flows'> = [];
  readonly #versions: { flow_id: string; version: number; graph: string }[] = [];
  readonly #numbers: (Insertable<Database['service_numbers']> & { id: string })[] = [];
  readonly #codes: Rows<'access_codes'> = [];
  readonly #calendars: Rows<'calendars'> = [];

  constructor() {
    const gx = this.#centre('gx', '广西12366', '12366', ['税务咨询', '社保费咨询']);
    const queueId = this.queueIds.get('税务咨询');
    this.#code(gx.unitId, {
      code: PROVINCE_CODE,
      name: '转回省中心',
      numberId: gx.numberId,
      queueId,
      accepts: ['below'],
    });
    this.#calendar(gx.unitId, '全天候服务', Array(7).fill(ALL_DAY), false);
    for (const city of CITIES) this.#city(city);
  }

  async insert(db: Queryable): Promise<void> {
    await db.insertInto('units').values(this.#units).execute();
    await db.insertInto('queues').values(this.#queues).execute();
    await db.insertInto('flows').values(this.#flows).execute();
    await db.insertInto('flow_versions').values(this.#versions).execute();
    await db.insertInto('service_numbers').values(this.#numbers).execute();
    await db.insertInto('access_codes').values(this.#codes).execute();
    await db.insertInto('calendars').values(this.#calendars).execute();
  }

  #city(city: City): void {
    const path = `gx.${city.code}`;
    const queue = `${city.name.slice(0, -1)}咨询`;
    const { unitId, flowId, numberId } = this.#centre(path, `${city.name}12366`, hotlineOf(city), [queue]);
    // Whoever is sent to a centre that is always open waits for an agent at once; the others' flows look at the clock first.
    const queueId = ROUND_THE_CLOCK.includes(path) ? this.queueIds.get(queue) : undefined;
    this.#code(unitId, {
      code: city.accessCode,
      name: `转${city.name}`,
      numberId,
      queueId,
      accepts: ['above', 'side'],
    });
    const week = [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []];
    this.#calendar(unitId, '工作日服务时间', week, true);
    city.counties.forEach(([code, name], i) => {
      const bureau = this.#unit(`${path}.${code}`, `${name}税务局`, 'bureau');
      const hall = this.#unit(`${path}.${code}.hall`, `${name}办税服务厅`, 'hall');
      this.#number(bureau, subscriber(city, i + 1, 1), `${name}税务局咨询`, flowId);
      this.#number(hall, subscriber(city, i + 1, 2), `${name}办税服务厅`, flowId);
    });
  }

  #centre(path: string, name: string, number: string, queues: readonly string[]) {
    const unitId = this.#unit(path, name, 'centre');
    const own = queues.map((queue) => {
      const id = newId();
      this.queueIds.set(queue, id);
      this.#queues.push({ id, unit_id: unitId, name: queue, wrap_up_seconds: 120 });
      return { id, name: queue };
    });
    const flowId = newId();
    const graph = branchFlow({ centre: name, queues: own, round: ROUND_THE_CLOCK.includes(path) });
    this.#flows.push({ id: flowId, unit_id: unitId, name: `${name}开场导航` });
    this.#versions.push({ flow_id: flowId, version: 1, graph: JSON.stringify(graph) });
    return { unitId, flowId, numberId: this.#number(unitId, number, name, flowId) };
  }

  #unit(path: string, name: string, kind: UnitKind): string {
    const id = newId();
    this.unitIds.set(path, id);
    this.#units.push({ id, path, name, kind });
    return id;
  }

  #number(unitId: string, number: string, name: string, flowId: string): string {
    const id = newId();
    this.#numbers.push({ id, number, unit_id: unitId, name, flow_id: flowId });
    return id;
  }

  #code(unitId: string, code: DemoCode): void {
    const { code: digits, name, numberId, queueId = null, accepts } = code;
    const to = { number_id: numberId, queue_id: queueId, trunk_id: null, remote_number: null };
    this.#codes.push({ id: newId(), unit_id: unitId, code: digits, name, accepts: [...accepts], ...to });
  }

  #calendar(unitId: string, name: string, week: OpenHours[], holidays: boolean): void {
    this.#calendars.push({
      id: newId(),
      unit_id: unitId,
      name,
      week: JSON.stringify(week),
      holidays,
      special_days: '[]',
    });
  }
}
