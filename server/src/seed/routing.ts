/** Routing of the demo: rules of each centre, and area codes with their regions. Who serves a queue how well is told with the people. */
import { callerClass, type RuleConditions, type RuleEffects } from '@rexian/contracts';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { DemoCentres } from './centres.ts';
import { CITIES } from './guangxi.ts';

const always: RuleConditions = { classes: [], origins: [], calledNumberIds: [], regions: [], hours: null };
const raised = (priority: number): RuleEffects => ({ priority, queueId: null, persons: [], personSeconds: 0 });

const WHITE = { name: '白名单优先', conditions: { ...always, classes: ['white'] }, effects: raised(10) };
const LOST = {
  name: `${callerClass.labels.lost_today}优先`,
  conditions: { ...always, classes: ['lost_today'] },
  effects: raised(6),
};
const TRANSFERRED = {
  name: '12366转接优先',
  conditions: { ...always, origins: ['province_transfer'] },
  effects: raised(5),
};

/** Area codes of other places that call often; those of 广西 come from its cities. */
const ELSEWHERE =
  '010 北京 021 上海 022 天津 023 重庆 020 广东广州 0755 广东深圳 0756 广东珠海 0757 广东佛山 0769 广东东莞 0759 广东湛江 0668 广东茂名 0758 广东肇庆 025 江苏南京 0512 江苏苏州 0571 浙江杭州 0574 浙江宁波 0591 福建福州 0592 福建厦门 0551 安徽合肥 0791 江西南昌 0531 山东济南 0532 山东青岛 0311 河北石家庄 0351 山西太原 0471 内蒙古呼和浩特 024 辽宁沈阳 0411 辽宁大连 0431 吉林长春 0451 黑龙江哈尔滨 0371 河南郑州 027 湖北武汉 0731 湖南长沙 0898 海南 028 四川成都 0851 贵州贵阳 0871 云南昆明 0891 西藏拉萨 029 陕西西安 0931 甘肃兰州 0971 青海西宁 0951 宁夏银川 0991 新疆乌鲁木齐';

export async function seedRouting(db: Queryable, { unitIds }: DemoCentres): Promise<void> {
  const centres = ['gx', ...CITIES.map(({ code }) => `gx.${code}`)];
  const rules = centres.flatMap((path) =>
    (path === 'gx' ? [WHITE, LOST] : [TRANSFERRED, WHITE, LOST]).map(({ name, conditions, effects }, at) => ({
      ...{ id: newId(), unit_id: unitIds.get(path) ?? '', name, position: at + 1 },
      conditions: JSON.stringify(conditions),
      effects: JSON.stringify(effects),
    })),
  );
  await db.insertInto('routing_rules').values(rules).execute();
  await db.insertInto('phone_regions').values(areaCodes()).execute();
}

/** Cities that share a code share its row, the larger one first. */
function areaCodes(): { prefix: string; region: string }[] {
  const cities = new Map<string, string[]>();
  for (const { areaCode, accessCode, name } of CITIES) {
    const sharing = cities.get(areaCode) ?? [];
    const short = name.slice(0, -1);
    cities.set(areaCode, accessCode === areaCode ? [short, ...sharing] : [...sharing, short]);
  }
  const words = ELSEWHERE.split(' ');
  return [
    ...[...cities].map(([prefix, names]) => ({ prefix, region: `广西${names.join('、')}` })),
    ...words.flatMap((word, i) => (i % 2 === 0 ? [{ prefix: word, region: words[i + 1] ?? '' }] : [])),
  ];
}
