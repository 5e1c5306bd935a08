/** The demo's people: administrators, leaders and agents of the province and its cities, and the agents that the simulator plays. */
import type { BuiltInRole, DataScope } from '@rexian/contracts';
import type { Queryable } from '../platform/db.ts';
import type { DemoCentres } from './centres.ts';
import { CITIES } from './guangxi.ts';
import { addPeople } from './person.ts';

export interface DemoPerson {
  login: string;
  name: string;
  roles: BuiltInRole[];
  scope: DataScope;
  /** Path of the unit. */
  unit: string;
  queues: string[];
}

const NAMES = '韦晓兰 黄志强 覃丽华 梁建国 陆小燕 农文斌 蒙秋菊 莫家俊 罗婷婷 卢海涛'.split(' ');
const SIMULATED_NAMES =
  '李明 王芳 张伟 刘洋 陈静 杨帆 赵磊 周敏 吴刚 徐丽 孙浩 马超 朱琳 胡军 郭雪 何平 高翔 林悦 郑凯 谢娜'.split(' ');
/** Administrator and two agents of each city from 桂林 on. */
const CITY_NAMES = [
  '秦桂生 阳秀云 唐家明',
  '岑玉梅 李水生 黎春兰',
  '苏海燕 庞志远 陈北生',
  '禤国华 凌小港 黄海珍',
  '宁钦生 劳翠莲 容家豪',
  '覃贵平 甘玉凤 杨港生',
  '钟玉林 牟国栋 梁荣芳',
  '黄百生 农秀英 罗右江',
  '邓贺兰 廖昭平 盘春花',
  '韦河清 蓝凤英 吴宜生',
  '莫来福 谭桂香 蓝忻生',
  '农左江 零丽琼 赵龙生',
].map((names) => names.split(' '));

const agent = (login: string, name: string, unit: string, queues: string[]): DemoPerson => ({
  login,
  name,
  roles: ['agent'],
  scope: 'own',
  unit,
  queues,
});
const manager = (login: string, name: string, unit: string): DemoPerson => ({
  login,
  name,
  roles: ['centre_admin', 'leader'],
  scope: 'subtree',
  unit,
  queues: [],
});

const writer = (login: string, name: string, unit: string): DemoPerson => ({
  login,
  name,
  roles: ['knowledge_editor'],
  scope: 'unit',
  unit,
  queues: [],
});

/** People of the counties who deal with work orders: two of each bureau. */
const handlers = (): DemoPerson[] => [
  ...bureau('21', 'gx.nanning.xingning', ['滕海英', '班卓成']),
  ...bureau('22', 'gx.nanning.qingxiu', ['施月明', '闭伟']),
  ...bureau('31', 'gx.liuzhou.chengzhong', ['贾柳春', '侯建军']),
];
const bureau = (prefix: string, unit: string, names: string[]): DemoPerson[] =>
  names.map((name, i) => ({ login: `${prefix}0${i + 1}`, name, roles: ['handler'], scope: 'unit', unit, queues: [] }));

/** Logins 4ccn: c the city's place in the list, n 0 for its administrator, then the agents. */
function cityPeople(): DemoPerson[] {
  return CITIES.slice(2).flatMap((city, i) => {
    const [admin = '', ...agents] = CITY_NAMES[i] ?? [];
    const login = `4${String(i + 3).padStart(2, '0')}`;
    const unit = `gx.${city.code}`;
    const queues = [`${city.name.slice(0, -1)}咨询`];
    return [
      manager(`${login}0`, admin, unit),
      ...agents.map((name, n) => agent(`${login}${n + 1}`, name, unit, queues)),
    ];
  });
}

/** Login of whoever writes the province's knowledge. */
export const KNOWLEDGE_EDITOR = '6001';
/** The same of 南宁. */
export const NANNING_EDITOR = '6002';

const PROVINCE_QUEUES = ['税务咨询', '社保费咨询'];

export const PEOPLE: readonly DemoPerson[] = [
  {
    login: 'admin',
    name: '系统管理员',
    // A small installation has one administrator; a large one parts the three (三权分立).
    roles: ['system_admin', 'security_admin', 'centre_admin'],
    scope: 'all',
    unit: 'gx',
    queues: [],
  },
  { login: 'auditor', name: '安全审计员', roles: ['auditor'], scope: 'all', unit: 'gx', queues: [] },
  { login: '1000', name: '苏红', roles: ['leader'], scope: 'subtree', unit: 'gx', queues: [] },
  { ...writer(KNOWLEDGE_EDITOR, '覃思源', 'gx'), scope: 'subtree' },
  writer(NANNING_EDITOR, '黄文静', 'gx.nanning'),
  manager('2000', '蓝雨', 'gx.nanning'),
  manager('3000', '龙江', 'gx.liuzhou'),
  ...NAMES.slice(0, 6).map((name, i) => agent(`100${i + 1}`, name, 'gx', PROVINCE_QUEUES)),
  ...NAMES.slice(6, 8).map((name, i) => agent(`200${i + 1}`, name, 'gx.nanning', ['南宁咨询'])),
  ...NAMES.slice(8, 10).map((name, i) => agent(`300${i + 1}`, name, 'gx.liuzhou', ['柳州咨询'])),
  ...cityPeople(),
  ...handlers(),
  // The agents of `rexian simulate`.
  ...SIMULATED_NAMES.map((name, i) => agent(String(8001 + i), name, 'gx', PROVINCE_QUEUES)),
];

/** Logins of the agents that the simulator plays. */
export function simulatedLogins(): string[] {
  return SIMULATED_NAMES.map((_, i) => String(8001 + i));
}

/** An agent's first queue is what they know best. */
const WEIGHTS = [80, 40];

export async function seedPeople(db: Queryable, centres: DemoCentres): Promise<void> {
  const ids = await addPeople(
    db,
    PEOPLE.map(({ login, name, roles, scope, unit }) => ({
      unitId: centres.unitIds.get(unit) ?? '',
      login,
      name,
      agentNumber: /^\d+$/.test(login) ? login : null,
      roles,
      scope,
      passwordHash: null,
    })),
  );
  const members = PEOPLE.flatMap(({ queues }, i) =>
    queues.map((queue, at) => ({
      queue_id: centres.queueIds.get(queue) ?? '',
      person_id: ids[i] ?? '',
      weight: WEIGHTS[at] ?? 50,
    })),
  );
  await db.insertInto('queue_members').values(members).execute();
}
