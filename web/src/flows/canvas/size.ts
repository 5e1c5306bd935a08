/** Sizes of a drawn node in pixels; canvas.css has the same. Known beforehand, no node has to be measured. */
import type { FlowNodeDocument } from '@rexian/contracts';
import { exitsOf } from './exits.ts';

export const NODE_WIDTH = 220;
export const HEAD = 52;
export const EXIT = 24;
const FOOT = 6;

export const heightOf = (node: FlowNodeDocument): number => {
  const exits = exitsOf(node).length;
  return HEAD + (exits > 0 ? exits * EXIT + FOOT : 0);
};

/** Where the exit of that number leaves the node, from its top. */
export const exitY = (index: number): number => HEAD + index * EXIT + EXIT / 2;
/** Where nodes are entered. */
export const ENTRY_Y = HEAD / 2;
