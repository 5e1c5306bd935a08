import type { FlowDocument } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { sameDocument } from './sameDocument.ts';

const play = (text: string): FlowDocument => ({
  start: 'a',
  nodes: {
    a: { type: 'play', config: { text }, next: { done: 'end' } },
    end: { type: 'hang_up', config: {}, next: {} },
  },
});

it('compares documents as they are stored', () => {
  const { start, nodes } = play('一');
  expect(sameDocument({ nodes, start }, structuredClone({ start, nodes }))).toBe(true);
  expect(sameDocument(play('一'), play('二'))).toBe(false);
});
