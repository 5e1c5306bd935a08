/** The way that orders of `bench tickets` are taken through their workflow (suggestion.bpmn): who does what, with one detour. */
import type { Registration } from '@rexian/contracts';
import type { Db } from '@rexian/server/platform/db.ts';
import type { Random } from '@rexian/simulate';
import { CITIES, DISPATCHERS, drawnCaller, drawnTaxpayer } from './tickets-data.ts';
import { ticketText } from './tickets-texts.ts';

/** Of a city. */
const TEAMS = 4;

export interface Handler {
  unitId: string;
  personId: string;
}

/** People of a city who have to do with an order in turn. */
export interface Team {
  registrar: Handler;
  /** Dispatches, reviews and visits. */
  dispatcher: Handler;
  district: Handler;
  /** Of the district. */
  office: Handler;
}

export type Stage = { name: string; by: keyof Team } & (
  | { verb: 'sign' }
  | { verb: 'transfer'; to: { unitId: string }; reason: string }
  | { verb: 'return'; node: string; reason: string }
  | {
      verb: 'complete';
      outcome: string;
      opinion: string;
      answer?: string;
      satisfaction?: 'satisfied';
      targets?: Record<string, { unitId: string }>;
    }
);

/** From the submitted order to the closed one. */
export function stagesOf({ district, office }: Team, answer: string): Stage[] {
  const dispatch: Stage = {
    ...{ name: 'dispatch', by: 'dispatcher', verb: 'complete', outcome: '派发', opinion: '请按规定办理' },
    targets: { handle: { unitId: district.unitId } },
  };
  const sign: Stage = { name: 'sign', by: 'district', verb: 'sign' };
  return [
    dispatch,
    sign,
    { name: 'transfer', by: 'district', verb: 'transfer', to: { unitId: office.unitId }, reason: '由税务所办理' },
    { name: 'return', by: 'office', verb: 'return', node: 'dispatch', reason: '不属于本单位职责' },
    dispatch,
    sign,
    { name: 'complete', by: 'district', verb: 'complete', outcome: '提交', opinion: '已核实处理', answer },
    { name: 'review', by: 'dispatcher', verb: 'complete', outcome: '通过', opinion: '同意' },
    {
      ...{ name: 'visit', by: 'dispatcher', verb: 'complete', outcome: '满意', opinion: '来电人满意' },
      satisfaction: 'satisfied',
    },
  ];
}

/** What a registrar writes down, and what is to be answered. */
export function drawnRegistration(
  { registrar }: Team,
  categoryId: string,
  random: Random,
): { registration: Registration; answer: string } {
  const { title, content, answer } = ticketText(random, new Date().getUTCMonth());
  const registration: Registration = {
    ...{ unitId: registrar.unitId, kind: 'suggestion', source: 'direct', categoryId, urgency: 'normal' },
    ...{ contactId: null, callerNumber: drawnCaller(random), callerName: '韦兰', anonymous: false, region: '' },
    ...{ taxNumber: drawnTaxpayer(random), taxName: '', title, content, answer: '', tags: [], fields: {} },
    ...{ fileIds: [], occurredAt: null, reference: '', parentId: null },
  };
  return { registration, answer };
}

/** Of four districts of each city, with one of its offices: whoever has to do with orders there. */
export async function ticketTeams(owner: Db): Promise<Team[]> {
  const rows = await owner.selectFrom('people').select(['id as personId', 'unit_id as unitId', 'login']).execute();
  const byLogin = new Map(rows.map(({ login, ...handler }) => [login, handler]));
  const handler = (login: string): Handler => {
    const found = byLogin.get(login);
    if (!found) throw new Error(`nobody is ${login}`);
    return found;
  };
  return Array.from({ length: CITIES * TEAMS }, (_, index) => {
    const city = `gx.c${String(1 + Math.floor(index / TEAMS)).padStart(2, '0')}`;
    const turn = index % TEAMS;
    const district = `${city}.d0${turn + 1}`;
    return {
      registrar: handler(`${city}.${DISPATCHERS + turn}`),
      dispatcher: handler(`${city}.${turn % 2}`),
      district: handler(`${district}.0`),
      office: handler(`${district}.o01.0`),
    };
  });
}

/** Of the province, who only read. */
export async function provincePeople(owner: Db): Promise<Handler[]> {
  const logins = Array.from({ length: 2 * DISPATCHERS }, (_, index) => `gx.${index}`);
  return owner
    .selectFrom('people')
    .select(['id as personId', 'unit_id as unitId'])
    .where('login', 'in', logins)
    .execute();
}
