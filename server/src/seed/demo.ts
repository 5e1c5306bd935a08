/**
 * The demo that a fresh installation begins with: 广西12366 with its sub-centres 南宁 and 柳州, people, queues, an opening flow.
 * Does nothing when the database has units already.
 */
import type { BuiltInRole, DataScope } from '@rexian/contracts';
import { hashPassword } from '../auth/passwords.ts';
import type { FlowDocument } from '../flows/graph.ts';
import { type Db, openDb } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { addPerson } from './person.ts';

interface DemoPerson {
  login: string;
  name: string;
  roles: BuiltInRole[];
  scope: DataScope;
  unit: string;
  queues: string[];
}

/** One password for all demo people; an installation for real is seeded without them. */
export const DEMO_PASSWORD = 'rexian12366';

const CENTRES = [
  { path: 'gx', name: '广西12366', number: '12366', queues: ['税务咨询', '社保费咨询'] },
  { path: 'gx.nanning', name: '南宁市12366', number: '0771-12366', queues: ['南宁咨询'] },
  { path: 'gx.liuzhou', name: '柳州市12366', number: '0772-12366', queues: ['柳州咨询'] },
] as const;

const NAMES = ['韦晓兰', '黄志强', '覃丽华', '梁建国', '陆小燕', '农文斌', '蒙秋菊', '莫家俊', '罗婷婷', '卢海涛'];
const SIMULATED_NAMES = [
  '李明',
  '王芳',
  '张伟',
  '刘洋',
  '陈静',
  '杨帆',
  '赵磊',
  '周敏',
  '吴刚',
  '徐丽',
  '孙浩',
  '马超',
  '朱琳',
  '胡军',
  '郭雪',
  '何平',
  '高翔',
  '林悦',
  '郑凯',
  '谢娜',
];

const PEOPLE: DemoPerson[] = [
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
  { login: '2000', name: '蓝雨', roles: ['centre_admin', 'leader'], scope: 'subtree', unit: 'gx.nanning', queues: [] },
  ...NAMES.slice(0, 6).map((name, i) => agent(`100${i + 1}`, name, 'gx', ['税务咨询', '社保费咨询'])),
  ...NAMES.slice(6, 8).map((name, i) => agent(`200${i + 1}`, name, 'gx.nanning', ['南宁咨询'])),
  ...NAMES.slice(8, 10).map((name, i) => agent(`300${i + 1}`, name, 'gx.liuzhou', ['柳州咨询'])),
  // The agents of `rexian simulate`.
  ...SIMULATED_NAMES.map((name, i) => agent(String(8001 + i), name, 'gx', ['税务咨询', '社保费咨询'])),
];

function agent(login: string, name: string, unit: string, queues: string[]): DemoPerson {
  return { login, name, roles: ['agent'], scope: 'own', unit, queues };
}

const CATEGORIES: Record<string, string[]> = {
  增值税: ['纳税申报', '发票开具', '留抵退税', '小规模纳税人优惠'],
  企业所得税: ['预缴申报', '汇算清缴', '税收优惠'],
  个人所得税: ['综合所得汇算', '专项附加扣除', '扣缴申报'],
  社保费: ['城乡居民参保缴费', '企业职工缴费', '灵活就业缴费', '缴费查询'],
  发票管理: ['发票领用', '数电发票', '发票查验'],
  电子税务局: ['登录与实名认证', '系统操作', '系统故障'],
  办税服务: ['办税地点与时间', '预约办税', '证明开具'],
  投诉举报: ['服务投诉', '涉税举报'],
};

/** The log-ins that `rexian up` prints. */
export function demoAccounts(): { login: string; password: string; name: string; role: string }[] {
  const shown = [
    { login: '1001', role: '坐席' },
    { login: '1002', role: '坐席' },
    { login: '2001', role: '坐席（南宁）' },
    { login: '1000', role: '班长' },
    { login: '2000', role: '中心管理员（南宁）' },
    { login: 'admin', role: '管理员' },
    { login: 'auditor', role: '安全审计员' },
  ];
  return shown.map(({ login, role }) => ({
    login,
    password: DEMO_PASSWORD,
    name: PEOPLE.find((person) => person.login === login)?.name ?? login,
    role,
  }));
}

/** Logins of the agents that the simulator plays. */
export function simulatedLogins(): string[] {
  return SIMULATED_NAMES.map((_, i) => String(8001 + i));
}

/** The flow that a centre begins with: welcome, menu, queue, and a word for every way out. */
export function openingFlow(centre: string, items: { key: string; label: string; queueId: string }[]): FlowDocument {
  const choices = items.map(({ key, label }) => `${label}请按${key}，`).join('');
  const queues = items.map(({ key, label, queueId }) => [
    `queue_${key}`,
    { type: 'queue', title: label, config: { queueId }, next: { served: 'farewell', timeout: 'busy' } },
  ]);
  return {
    start: 'welcome',
    nodes: {
      welcome: {
        type: 'play',
        title: '欢迎词',
        config: { text: `您好，欢迎致电${centre}纳税缴费服务热线。` },
        next: { done: 'menu' },
      },
      menu: {
        type: 'menu',
        title: '主菜单',
        config: {
          text: `${choices}重听请按9。`,
          items: items.map(({ key, label }) => ({ key, label })),
          repeatKey: '9',
        },
        next: { ...Object.fromEntries(items.map(({ key }) => [`key_${key}`, `queue_${key}`])), exhausted: 'no_choice' },
      },
      ...Object.fromEntries(queues),
      busy: {
        type: 'play',
        title: '坐席全忙',
        config: { text: '对不起，坐席全忙，请稍后再拨。' },
        next: { done: 'end' },
      },
      no_choice: {
        type: 'play',
        title: '未选择',
        config: { text: '没有收到您的选择，感谢您的来电，再见。' },
        next: { done: 'end' },
      },
      farewell: { type: 'play', title: '结束语', config: { text: '感谢您的来电，再见。' }, next: { done: 'end' } },
      end: { type: 'hang_up', title: '挂机', config: {}, next: {} },
    },
  };
}

/** Seeds an empty, prepared database. `ownerUrl`: of its owner. */
export async function seedDemo(ownerUrl: string): Promise<void> {
  const { db, close } = openDb(ownerUrl, { max: 2 });
  try {
    const seeded = await db.selectFrom('units').select('id').limit(1).executeTakeFirst();
    if (!seeded) await db.transaction().execute((trx) => seed(trx));
  } finally {
    await close();
  }
}

async function seed(db: Db): Promise<void> {
  const queueIds = new Map<string, string>();
  const unitIds = new Map<string, string>();
  for (const centre of CENTRES) {
    const unitId = newId();
    unitIds.set(centre.path, unitId);
    await db.insertInto('units').values({ id: unitId, path: centre.path, name: centre.name, kind: 'centre' }).execute();
    const flowId = newId();
    for (const name of centre.queues) {
      queueIds.set(name, newId());
      const queue = { id: queueIds.get(name) ?? '', unit_id: unitId, name, wrap_up_seconds: 120 };
      await db.insertInto('queues').values(queue).execute();
    }
    await db.insertInto('flows').values({ id: flowId, unit_id: unitId, name: '开场导航' }).execute();
    const items = centre.queues.map((label, i) => ({ key: String(i + 1), label, queueId: queueIds.get(label) ?? '' }));
    const graph = JSON.stringify(openingFlow(centre.name, items));
    await db.insertInto('flow_versions').values({ flow_id: flowId, version: 1, graph }).execute();
    const number = { number: centre.number.replace('-', ''), unit_id: unitId, name: centre.name, flow_id: flowId };
    await db.insertInto('service_numbers').values(number).execute();
  }
  await seedPeople(db, unitIds, queueIds);
  await seedCategories(db, unitIds.get('gx') ?? '');
}

async function seedPeople(db: Db, unitIds: Map<string, string>, queueIds: Map<string, string>): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  for (const { login, name, roles, scope, unit, queues } of PEOPLE) {
    const agentNumber = /^\d+$/.test(login) ? login : null;
    const id = await addPerson(db, {
      unitId: unitIds.get(unit) ?? '',
      login,
      name,
      agentNumber,
      roles,
      scope,
      passwordHash,
    });
    const members = queues.map((queue) => ({ queue_id: queueIds.get(queue) ?? '', person_id: id }));
    if (members.length > 0) await db.insertInto('queue_members').values(members).execute();
  }
}

async function seedCategories(db: Db, unitId: string): Promise<void> {
  let position = 0;
  for (const [name, children] of Object.entries(CATEGORIES)) {
    const id = newId();
    await db.insertInto('categories').values({ id, unit_id: unitId, parent_id: null, name, position }).execute();
    position += 1;
    const rows = children.map((child, i) => ({
      id: newId(),
      unit_id: unitId,
      parent_id: id,
      name: child,
      position: i,
    }));
    await db.insertInto('categories').values(rows).execute();
  }
}
