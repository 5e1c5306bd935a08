import { expect, it } from 'vitest';
import { nodeTypes } from './registry.ts';

it('has the node of every file', () => {
  const files = Object.keys(import.meta.glob('../../../flows/src/nodes/*.ts'));
  const names = files.map((file) => file.replace(/^.*\/|\.ts$/g, ''));
  expect([...nodeTypes.keys()].map((type) => type.replaceAll('_', '-')).sort()).toEqual(names.sort());
});
