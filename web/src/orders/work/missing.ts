import type { NextNode, OpenTask, OrderTarget, VisitResult } from '@rexian/contracts';
import type { Typed } from './useKept.ts';

export interface Filled extends Typed {
  satisfaction: VisitResult | null;
  targets: Readonly<Record<string, OrderTarget>>;
  nodes: readonly NextNode[];
}

/** What has to be filled in before a task can be completed, the first of it; null: nothing. The server judges the same. */
export function missing({ needs }: Pick<OpenTask, 'needs'>, filled: Filled): string | null {
  const open = filled.nodes.find(({ node, to }) => to === null && !filled.targets[node]);
  if (needs.includes('satisfaction') && !filled.satisfaction) return '请选择来电人满意度';
  if (open) return `请选择“${open.title}”的办理单位`;
  if (needs.includes('answer') && filled.answer.trim() === '') return '请填写答复内容';
  if (needs.includes('opinion') && filled.opinion.trim() === '') return '请填写办理意见';
  return null;
}
