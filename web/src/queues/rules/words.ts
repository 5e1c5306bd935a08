import { callerClass, contactOrigin, type RuleConditions, type RuleEffects } from '@rexian/contracts';

/** What ids in rules are called; unknown ones lie out of sight. */
export interface RuleNames {
  numbers: ReadonlyMap<string, string>;
  queues: ReadonlyMap<string, string>;
  persons: ReadonlyMap<string, string>;
}

const MOST_NAMED = 4;

function named(ids: readonly string[], names: ReadonlyMap<string, string>, unknown: string): string {
  const known = ids.slice(0, MOST_NAMED).map((id) => names.get(id) ?? unknown);
  return known.join('、') + (ids.length > MOST_NAMED ? `等 ${ids.length} 个` : '');
}

/** `来电类别为白名单，且来源为直拨`. */
export function conditionText(conditions: RuleConditions, { numbers }: RuleNames): string {
  const { classes, origins, calledNumberIds, regions, hours } = conditions;
  const parts = [
    ...(classes.length > 0 ? [`来电为${classes.map((each) => callerClass.labels[each]).join('或')}`] : []),
    ...(origins.length > 0 ? [`来源为${origins.map((each) => contactOrigin.labels[each]).join('或')}`] : []),
    ...(calledNumberIds.length > 0 ? [`拨打 ${named(calledNumberIds, numbers, '其他号码')}`] : []),
    ...(regions.length > 0
      ? [
          `归属地为${regions.slice(0, MOST_NAMED).join('或')}${regions.length > MOST_NAMED ? `等 ${regions.length} 处` : ''}`,
        ]
      : []),
    ...(hours === null ? [] : [hours === 'open' ? '工作时间内' : '工作时间外']),
  ];
  return parts.length > 0 ? parts.join('，且') : '所有来电';
}

/** `优先级 +5，改入“二线”，专席 韦晓兰（前 30 秒仅由专席接听）`. */
export function effectText({ priority, queueId, persons, personSeconds }: RuleEffects, names: RuleNames): string {
  const parts = [
    ...(priority > 0 ? [`优先级 +${priority}`] : []),
    ...(queueId === null ? [] : [`改入“${names.queues.get(queueId) ?? '其他技能组'}”`]),
    ...(persons.length > 0
      ? [
          `专席 ${named(persons, names.persons, '其他坐席')}（${personSeconds > 0 ? `前 ${personSeconds} 秒仅由专席接听` : '专席优先'}）`,
        ]
      : []),
  ];
  return parts.join('，');
}
