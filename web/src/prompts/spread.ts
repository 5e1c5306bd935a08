import type { Prompt, UnitRef } from '@rexian/contracts';

/** What a bulk change would do to one unit. */
export interface Plan {
  unit: UnitRef;
  /** Its prompt of that name; null: it has none. */
  current: Prompt | null;
  same: boolean;
}

export const planOf = ({ current, same }: Pick<Plan, 'current' | 'same'>): '新增' | '替换' | '相同' =>
  current === null ? '新增' : same ? '相同' : '替换';

export const changedUnits = <P extends Pick<Plan, 'current' | 'same'>>(plans: readonly P[]): P[] =>
  plans.filter((plan) => planOf(plan) !== '相同');

/** What is said when it is done. */
export function wordsOf({ created, changed }: { created: number; changed: number }): string {
  const parts = [created > 0 && `新增 ${created} 个`, changed > 0 && `替换 ${changed} 个`].filter(Boolean);
  return parts.length > 0 ? `已完成：${parts.join('，')}` : '内容相同，没有更换';
}
