import { type OverflowStep, overflowAction } from '@rexian/contracts';

/** `90 秒`, `10 分钟`, `2 小时`: the largest unit that needs no rest. */
export function spanText(seconds: number): string {
  if (seconds > 0 && seconds % 3600 === 0) return `${seconds / 3600} 小时`;
  return seconds >= 120 && seconds % 60 === 0 ? `${seconds / 60} 分钟` : `${seconds} 秒`;
}

/** What the targets of overflow are called, by id. */
export type Names = ReadonlyMap<string, string>;

export function whenText({ when }: OverflowStep): string {
  if (when.by === 'waitingOver') return `排队超过 ${when.calls} 人`;
  return when.seconds === 0 ? '一进入排队' : `排队满 ${spanText(when.seconds)}`;
}

export function doText({ do: target }: OverflowStep, names: Names): string {
  switch (target.action) {
    case 'also':
      return `同时由“${names.get(target.queueId) ?? '其他技能组'}”接听`;
    case 'move':
      return `转入“${names.get(target.queueId) ?? '其他技能组'}”`;
    case 'centre':
      return `转至“${names.get(target.accessCodeId) ?? '其他中心'}”`;
    default:
      return overflowAction.labels[target.action];
  }
}

export const stepText = (step: OverflowStep, names: Names): string => `${whenText(step)} → ${doText(step, names)}`;

/** What keeps the steps from being saved; null: nothing. */
export function overflowProblem(steps: readonly OverflowStep[]): string | null {
  for (const [index, { do: target }] of steps.entries()) {
    if ('queueId' in target && !target.queueId) return `请选择第 ${index + 1} 步的技能组`;
    if (target.action === 'centre' && !target.accessCodeId) return `请选择第 ${index + 1} 步的中心`;
  }
  return null;
}
