import type { RuleConditions } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { conditionText, effectText, type RuleNames } from './words.ts';

const any: RuleConditions = { classes: [], origins: [], calledNumberIds: [], regions: [], hours: null };
const names: RuleNames = {
  numbers: new Map([['n', '077112366 南宁']]),
  queues: new Map([['q', '二线']]),
  persons: new Map([['p', '韦晓兰 1001']]),
};

it.each<[Partial<RuleConditions>, string]>([
  [{}, '所有来电'],
  [{ classes: ['white', 'lost_today'], origins: ['direct'] }, '来电为白名单或当日呼损，且来源为直拨'],
  [{ calledNumberIds: ['n', 'gone'], hours: 'closed' }, '拨打 077112366 南宁、其他号码，且工作时间外'],
  [{ regions: ['广西南宁', '广西柳州'] }, '归属地为广西南宁或广西柳州'],
  [{ regions: ['一', '二', '三', '四', '五'] }, '归属地为一或二或三或四等 5 处'],
])('%j', (conditions, text) => expect(conditionText({ ...any, ...conditions }, names)).toBe(text));

it('says what a rule brings about', () => {
  const effects = { priority: 5, queueId: 'q', persons: ['p'], personSeconds: 30 };
  expect(effectText(effects, names)).toBe('优先级 +5，改入“二线”，专席 韦晓兰 1001（前 30 秒仅由专席接听）');
  expect(effectText({ ...effects, priority: 0, queueId: null, personSeconds: 0 }, names)).toBe(
    '专席 韦晓兰 1001（专席优先）',
  );
});
