import type { FlowNodeDocument } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { openingView, READABLE } from './opening.ts';
import { NODE_WIDTH } from './size.ts';

const size = { width: 1_000, height: 600 };
const end = (x: number, y: number): FlowNodeDocument => ({ type: 'hang_up', config: {}, next: {}, at: { x, y } });
const rightOf = (x: number, { zoom, ...view }: ReturnType<typeof openingView>) => (x + NODE_WIDTH) * zoom + view.x;

it('shows all of a flow that can be read then', () => {
  const view = openingView({ start: 'a', nodes: { a: end(-200, 0), b: end(800, 300) } }, size);
  expect(view.zoom).toBeGreaterThanOrEqual(READABLE);
  expect(-200 * view.zoom + view.x).toBeGreaterThan(0);
  expect(rightOf(800, view)).toBeLessThan(size.width);
});

it('begins at the start of one that is too large', () => {
  const { x, y, zoom } = openingView({ start: 'a', nodes: { a: end(5_000, 900), b: end(9_000, 9_000) } }, size);
  expect([zoom, 5_000 * zoom + x]).toEqual([READABLE, 40]);
  expect(900 * zoom + y).toBeGreaterThan(0);
  expect(900 * zoom + y).toBeLessThan(size.height);
});

it('has a view for a flow without nodes', () => {
  expect(openingView({ start: 'a', nodes: {} }, size)).toEqual({ x: 0, y: 0, zoom: 1 });
});
