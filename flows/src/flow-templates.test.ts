import { describe, expect, it } from 'vitest';
import { branchFlow } from './flow-templates/branch.ts';
import { queueFor } from './flow-templates/template.ts';
import { flowTemplates } from './flow-templates.ts';
import { flowDocument } from './graph.ts';
import { nodeTypes } from './registry.ts';
import { END, PERSON, QUEUE } from './testing.ts';
import { validate } from './validate.ts';

const queues = [
  { id: QUEUE, name: '税务咨询' },
  { id: PERSON, name: '投诉举报' },
];
const known = {
  queue: new Set([QUEUE, PERSON]),
  person: new Set<string>(),
  access_code: new Set<string>(),
  flow: new Map<string, string[]>(),
  prompt: new Set<string>(),
  self: null,
};

describe.each(flowTemplates.map((template) => [template.id, template] as const))('template %s', (_id, template) => {
  it('can be published as it is', () => {
    const document = template.build({ centre: '南宁12366', queues });
    expect(flowDocument.safeParse(document).success).toBe(true);
    expect(validate(document, nodeTypes, known)).toEqual({ faults: [], warnings: [] });
  });

  it('tells which queues are missing where a centre has none', () => {
    const { faults } = validate(template.build({ centre: '南宁12366', queues: [] }), nodeTypes, known);
    for (const { field } of faults) expect(field).toBe('queueId');
  });
});

it('takes the queue whose name fits best, and the only one for everything', () => {
  expect(queueFor(queues, ['投诉', '举报'])).toEqual({ queueId: PERSON });
  expect(queueFor(queues, ['社保'])).toEqual({});
  expect(queueFor([{ id: QUEUE, name: '综合' }], ['社保'])).toEqual({ queueId: QUEUE });
});

it('makes a menu of as many queues as there are keys', () => {
  const many = Array.from({ length: 12 }, (_, index) => ({ id: QUEUE, name: `第${index}组` }));
  const { nodes, start } = branchFlow({ centre: '某市', queues: many, round: true });
  expect([start, Object.keys(nodes).filter((id) => id.startsWith('queue_')).length]).toEqual(['welcome', 8]);
  expect(nodes.end).toMatchObject(END);
});
