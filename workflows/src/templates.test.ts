/** The templates that come with the house: let in, and walked on the ways that matter to people. */
import { readFile } from 'node:fs/promises';
import { workOrderKind, workOrderUrgency } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { fileRefusal } from './exchange.ts';
import type { OrderFacts } from './facts.ts';
import { complete, type Step, start } from './marking.ts';
import { readWorkflow } from './read.ts';
import { limitOf } from './settings.ts';
import { type TemplateId, workflowTemplates } from './templates.ts';
import { durationText } from './words.ts';

const xmlOf = (id: string) => readFile(new URL(`../templates/${id}.bpmn`, import.meta.url), 'utf8');
const plain: OrderFacts = {
  ...{ kind: 'consultation', urgency: 'normal', source: 'flow' },
  ...{ immediate: false, anonymous: false, redone: false },
};

/** Walks by the outcomes in turn; says what was passed and how it ended. */
async function walk(id: string, facts: Partial<OrderFacts>, outcomes: readonly string[]) {
  const { graph } = await readWorkflow(await xmlOf(id));
  if (!graph) throw new Error(id);
  let order = { ...plain, ...facts };
  const way: string[] = [];
  const passed = (step: Step): Step => {
    way.push(...step.actions.map(({ node }) => node), ...step.opened.map(({ node }) => node));
    return step;
  };
  let step = passed(start(graph, { order }));
  for (const outcome of outcomes) {
    const [token] = step.marking.tokens;
    if (!token) throw new Error(`over before “${outcome}”: ${way.join(' ')}`);
    const node = graph.nodes.get(token.node);
    if (node?.type !== 'task' || !node.settings.outcomes.includes(outcome))
      throw new Error(`${token.node}: ${outcome}`);
    step = passed(complete(graph, step.marking, token.id, { outcome, order }));
    if (node.settings.needs.includes('satisfaction')) order = { ...order, redone: true };
  }
  return { way: way.join(' '), ended: step.ended?.as ?? null };
}

describe('templates', () => {
  it('there is one of each kind', () => {
    expect(workflowTemplates.map(({ id }) => id)).toEqual([...workOrderKind.values, 'blank']);
  });

  it.each(workflowTemplates)('$title is read without a fault and can be drawn', async ({ id }) => {
    const xml = await xmlOf(id);
    expect((await readWorkflow(xml)).faults).toEqual([]);
    expect(await fileRefusal(xml)).toBeNull();
  });

  it.each(workflowTemplates)('$title: every task has a deadline for every urgency', async ({ id }) => {
    const { graph } = await readWorkflow(await xmlOf(id));
    for (const node of graph?.nodes.values() ?? [])
      if (node.type === 'task') expect(limitOf(node.settings.due, 'danger')).not.toBeNull();
  });

  it.each([
    ...(['consultation', 'inquiry', 'transferred', 'message'] as const).map((id) => [id, '7 天'] as const),
    ...(['complaint', 'report', 'suggestion'] as const).map((id) => [id, '15 天'] as const),
  ] satisfies (readonly [TemplateId, string])[])('%s has the deadlines of DB11/T 2021—2022', async (id, normal) => {
    const { graph } = await readWorkflow(await xmlOf(id));
    const due = (ofNode: string) => {
      const node = graph?.nodes.get(ofNode);
      if (node?.type !== 'task') return null;
      return workOrderUrgency.values.map((urgency) => {
        const limit = limitOf(node.settings.due, urgency);
        return limit && durationText(limit);
      });
    };
    const dispatch = due('dispatch') ?? due('accept') ?? due('reply');
    // A query is handled where it was registered.
    expect(dispatch).toEqual(id === 'inquiry' ? null : ['24 小时', '2 小时', '1 小时']);
    for (const node of ['handle', 'redo']) expect(due(node)).toEqual([normal, '24 小时', '2 小时']);
    expect(due('visit')).toEqual(['24 小时', '24 小时', '24 小时']);
  });

  it.each([
    ['consultation', { immediate: true }, [], '', 'closed'],
    ['consultation', {}, ['派发', '提交', '通过', '满意'], 'dispatch handle review answered visit', 'closed'],
    ['consultation', { anonymous: true }, ['派发', '提交', '通过'], 'dispatch handle review answered', 'closed'],
    [
      ...['consultation', {}, ['派发', '提交', '通过', '不满意', '提交', '通过', '不满意']],
      ...['dispatch handle review answered visit redo review answered visit', 'closed'],
    ],
    ['inquiry', { immediate: true }, [], '', 'closed'],
    ['inquiry', {}, ['提交', '不满意', '提交', '满意'], 'handle answered visit redo answered visit', 'closed'],
    ['complaint', {}, ['不予受理'], 'accept refused', 'closed'],
    ['complaint', {}, ['受理', '提交', '通过', '未接通'], 'accept handle review answered visit', 'closed'],
    ['report', { anonymous: true }, ['受理', '提交', '通过'], 'accept handle review answered', 'closed'],
    ['report', {}, ['不予受理'], 'accept refused', 'closed'],
    ['report', {}, ['受理', '提交', '通过', '满意'], 'accept handle review answered visit', 'closed'],
    ['suggestion', {}, ['派发', '提交', '通过', '满意'], 'dispatch handle review answered visit', 'closed'],
    ['transferred', {}, ['退回12345'], 'dispatch send_back', 'void'],
    ['transferred', {}, ['派发', '提交', '通过', '满意'], 'dispatch handle review visit feedback', 'closed'],
    [
      ...['transferred', {}, ['派发', '提交', '通过', '不满意', '提交', '通过', '满意']],
      ...['dispatch handle review visit redo review visit feedback', 'closed'],
    ],
    ['message', {}, ['已回复'], 'reply', 'closed'],
    ['message', {}, ['无需办理'], 'reply', 'void'],
    ['message', {}, ['转办', '提交', '满意'], 'reply handle answered visit', 'closed'],
    ['blank', {}, ['提交'], 'handle', 'closed'],
  ] as [string, Partial<OrderFacts>, string[], string, string][])(
    '%s %j goes by %j',
    async (id, facts, outcomes, way, ended) => {
      expect(await walk(id, facts, outcomes)).toEqual({ way, ended });
    },
  );
});
