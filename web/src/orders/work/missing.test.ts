import { expect, it } from 'vitest';
import { missing } from './missing.ts';

const nothing = { opinion: '', answer: '', satisfaction: null, targets: {}, nodes: [] };
const node = { node: 'handle', title: '研办', to: null };
const unitId = '01920000-0000-7000-8000-000000000001';

it('names the first thing that is missing, and nothing when all is there', () => {
  const needs: ('opinion' | 'answer' | 'satisfaction')[] = ['opinion', 'answer', 'satisfaction'];
  expect(missing({ needs }, nothing)).toBe('请选择来电人满意度');
  expect(missing({ needs: [] }, { ...nothing, nodes: [node] })).toBe('请选择“研办”的办理单位');
  expect(missing({ needs: ['opinion'] }, { ...nothing, opinion: '  ' })).toBe('请填写办理意见');
  const targets = { handle: { unitId, desk: null, personId: null } };
  const all = { opinion: '已核实', answer: '已开放', satisfaction: 'satisfied' as const, targets, nodes: [node] };
  expect(missing({ needs }, all)).toBe(null);
});
