import { expect, it } from 'vitest';
import { nodeTypes } from '../../registry.ts';
import { shapesOf } from './shapes.ts';

const shapes = (type: string) => {
  const definition = nodeTypes.get(type);
  if (!definition) throw new Error(`no node ${type}`);
  return shapesOf(definition);
};

it('knows standards, limits and rows', () => {
  expect(shapes('menu')).toMatchObject({
    text: { required: true, maxLength: 2000 },
    items: { required: true, row: { key: { required: true }, label: { required: true, maxLength: 40 } } },
    repeatKey: { required: false },
    timeoutSeconds: { required: false, default: 5, minimum: 1, maximum: 60 },
  });
  expect(shapes('satisfaction').reasons).toMatchObject({ maxItems: 9, default: [{ key: '1' }, {}, {}, {}] });
  expect(shapes('transfer')).toMatchObject({ number: { required: false }, accessCodeId: { required: false } });
});

it('has a shape for every field of every node', () => {
  for (const { type, form } of nodeTypes.values())
    for (const { name } of form) expect(shapes(type)[name], `${type}.${name}`).toBeDefined();
});
