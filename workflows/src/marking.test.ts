import { workOrderUrgency } from '@rexian/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkflowGraph } from './graph.ts';
import { complete, expire, jump, type Marking, moveBack, returnsOf, StepRefused, start } from './marking.ts';
import { readWorkflow } from './read.ts';
import { type Drawn, type DrawnFlow, drawing, TO_SENDER } from './testing.ts';

async function graphOf(elements: readonly Drawn[], flows: readonly DrawnFlow[]): Promise<WorkflowGraph> {
  const { graph, faults } = await readWorkflow(drawing(elements, flows));
  if (!graph) throw new Error(JSON.stringify(faults));
  return graph;
}

const A_DAY = { amount: 1, unit: 'days', working: false };
const task = (id: string, outcomes?: string[]): Drawn => ({
  ...{ kind: 'userTask', id },
  ...(outcomes && { settings: { ...TO_SENDER, outcomes } }),
});
const at = ({ tokens }: Marking) => tokens.map(({ node }) => node).sort();
const tokenAt = ({ tokens }: Marking, node: string) => tokens.find((token) => token.node === node)?.id ?? -1;

/** Registered, handled by two at once, reviewed: back or closed. */
const house = () =>
  graphOf(
    [
      { kind: 'startEvent', id: 'start' },
      task('register'),
      { kind: 'parallelGateway', id: 'fork' },
      task('tax'),
      { kind: 'userTask', id: 'fees', settings: { ...TO_SENDER, due: { normal: A_DAY } } },
      { kind: 'timer', id: 'late', at: 'fees' },
      task('chased'),
      { kind: 'exclusiveGateway', id: 'merge', fallback: 'f8' },
      { kind: 'parallelGateway', id: 'join' },
      task('review', ['办结', '重办']),
      { kind: 'exclusiveGateway', id: 'good', fallback: 'f12' },
      { kind: 'serviceTask', id: 'tell', settings: { do: 'urgency', to: 'urgent' } },
      { kind: 'endEvent', id: 'end' },
    ],
    [
      ['f1', 'start', 'register'],
      ['f2', 'register', 'fork'],
      ['f3', 'fork', 'tax'],
      ['f4', 'fork', 'fees'],
      ['f5', 'tax', 'join'],
      ['f6', 'fees', 'merge'],
      ['f7', 'late', 'chased'],
      ['f7b', 'chased', 'merge'],
      ['f8', 'merge', 'join'],
      ['f9', 'join', 'review'],
      ['f10', 'review', 'good'],
      ['f11', 'good', 'tell', 'outcome == "重办"'],
      ['f12', 'good', 'end'],
      ['f13', 'tell', 'register'],
    ],
  );

describe('an order', () => {
  it('waits for all branches, takes the exit that was chosen, and ends once', async () => {
    const graph = await house();
    let step = start(graph, {});
    expect(at(step.marking)).toEqual(['register']);
    step = complete(graph, step.marking, tokenAt(step.marking, 'register'), { outcome: '提交' });
    expect(at(step.marking)).toEqual(['fees', 'tax']);
    expect(step.opened.map(({ node }) => node)).toEqual(['tax', 'fees']);
    step = complete(graph, step.marking, tokenAt(step.marking, 'tax'), { outcome: '提交' });
    expect([at(step.marking), step.opened]).toEqual([['fees', 'join'], []]);
    step = expire(graph, step.marking, tokenAt(step.marking, 'fees'), {});
    expect(at(step.marking)).toEqual(['chased', 'join']);
    step = complete(graph, step.marking, tokenAt(step.marking, 'chased'), { outcome: '提交' });
    expect(at(step.marking)).toEqual(['review']);
    const again = complete(graph, step.marking, tokenAt(step.marking, 'review'), { outcome: '重办' });
    expect([at(again.marking), again.actions, again.ended]).toEqual([
      ['register'],
      [{ node: 'tell', settings: { do: 'urgency', to: 'urgent' } }],
      null,
    ]);
    const over = complete(graph, step.marking, tokenAt(step.marking, 'review'), { outcome: '办结' });
    expect([over.marking.tokens, over.ended]).toEqual([[], { as: 'closed' }]);
  });

  it('goes back to a task it has seen, within its branch', async () => {
    const graph = await graphOf(
      [{ kind: 'startEvent', id: 's' }, task('a'), task('b'), task('c'), { kind: 'endEvent', id: 'e' }],
      [
        ['f1', 's', 'a'],
        ['f2', 'a', 'b'],
        ['f3', 'b', 'c'],
        ['f4', 'c', 'e'],
      ],
    );
    let { marking } = start(graph, {});
    for (const node of ['a', 'b']) ({ marking } = complete(graph, marking, tokenAt(marking, node), {}));
    expect(marking.tokens.map(returnsOf)).toEqual([['b', 'a']]);
    const back = moveBack(graph, marking, tokenAt(marking, 'c'), 'a');
    expect([at(back.marking), back.marking.tokens.map(returnsOf)]).toEqual([['a'], [[]]]);
    expect(() => moveBack(graph, back.marking, tokenAt(back.marking, 'a'), 'c')).toThrow(StepRefused);
    const forked = await house();
    const first = start(forked, {});
    const branches = complete(forked, first.marking, tokenAt(first.marking, 'register'), {});
    expect(branches.marking.tokens.map(returnsOf)).toEqual([[], []]);
  });

  it('is put by a manager where it should be, and whatever was under way is over', async () => {
    const graph = await house();
    const first = start(graph, {});
    const branches = complete(graph, first.marking, tokenAt(first.marking, 'register'), {});
    const moved = jump(graph, branches.marking, 'review');
    expect(at(moved.marking)).toEqual(['review']);
    expect(moved.closed.map(({ node }) => node)).toEqual(['tax', 'fees']);
    expect(() => jump(graph, branches.marking, 'fork')).toThrow(StepRefused);
    expect(() => jump(graph, branches.marking, 'nowhere')).toThrow(StepRefused);
  });

  it('takes no step that somebody took before, or that the drawing has not', async () => {
    const graph = await house();
    const first = start(graph, {});
    const id = tokenAt(first.marking, 'register');
    const { marking } = complete(graph, first.marking, id, {});
    expect(() => complete(graph, marking, id, {})).toThrow(StepRefused);
    expect(() => expire(graph, marking, tokenAt(marking, 'tax'), {})).toThrow(StepRefused);
    const waiting = complete(graph, marking, tokenAt(marking, 'tax'), {});
    // What waits at a gateway is nobody's task.
    expect(() => complete(graph, waiting.marking, tokenAt(waiting.marking, 'join'), {})).toThrow(StepRefused);
  });
});

/** A stretch of a well-formed drawing between two points; drawn under ids that are its own. */
type Stretch =
  | { is: 'task' }
  | { is: 'row'; of: Stretch[] }
  | { is: 'choice' | 'fork'; of: Stretch[] }
  | { is: 'again'; of: Stretch };

const stretch: fc.Arbitrary<Stretch> = fc.letrec<{ stretch: Stretch }>((tie) => ({
  stretch: fc.oneof(
    { maxDepth: 3 },
    fc.constant<Stretch>({ is: 'task' }),
    fc.record({ is: fc.constant('row' as const), of: fc.array(tie('stretch'), { minLength: 1, maxLength: 3 }) }),
    fc.record({
      is: fc.constantFrom('choice' as const, 'fork' as const),
      of: fc.array(tie('stretch'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ is: fc.constant('again' as const), of: tie('stretch') }),
  ),
})).stretch;

function drawn(whole: Stretch): string {
  const elements: Drawn[] = [
    { kind: 'startEvent', id: 'start' },
    { kind: 'endEvent', id: 'end' },
  ];
  const flows: DrawnFlow[] = [];
  let serial = 0;
  const id = (of: string) => `${of}${serial++}`;
  const flow = (from: string, to: string, condition?: string) => {
    const name = id('flow');
    flows.push([name, from, to, condition]);
    return name;
  };
  const gateway = (kind: 'exclusiveGateway' | 'parallelGateway') => {
    const element: { kind: typeof kind; id: string; fallback?: string } = { kind, id: id('gateway') };
    elements.push(element as Drawn);
    return element;
  };
  /** Draws it behind `from`; says where it ends. */
  const draw = (part: Stretch, from: string): string => {
    if (part.is === 'task') {
      const name = id('task');
      elements.push({ kind: 'userTask', id: name });
      flow(from, name);
      return name;
    }
    if (part.is === 'row') return part.of.reduce((last, each) => draw(each, last), from);
    if (part.is === 'again') {
      const join = gateway('exclusiveGateway');
      flow(from, join.id);
      // Whoever goes round must rest somewhere.
      const out = draw({ is: 'row', of: [{ is: 'task' }, part.of] }, join.id);
      const choice = gateway('exclusiveGateway');
      flow(out, choice.id);
      flow(choice.id, join.id, 'order.redone');
      const on = gateway('exclusiveGateway');
      choice.fallback = flow(choice.id, on.id);
      return on.id;
    }
    const kind = part.is === 'fork' ? 'parallelGateway' : 'exclusiveGateway';
    const split = gateway(kind);
    flow(from, split.id);
    const join = gateway(kind);
    part.of.forEach((each, i) => {
      const way = gateway('exclusiveGateway');
      const name = flow(
        split.id,
        way.id,
        kind === 'exclusiveGateway' ? `order.urgency == "${workOrderUrgency.values[i]}"` : undefined,
      );
      if (i === 0 && kind === 'exclusiveGateway') split.fallback = name;
      flow(draw(each, way.id), join.id);
    });
    return join.id;
  };
  flow(draw(whole, 'start'), 'end');
  return drawing(elements, flows);
}

describe('any drawing that is let in', () => {
  it('brings every order to an end, whatever is decided, and never loses or doubles it on the way', async () => {
    await fc.assert(
      fc.asyncProperty(stretch, fc.infiniteStream(fc.nat(1_000)), async (whole, decisions) => {
        const { graph, faults } = await readWorkflow(drawn(whole));
        // Nobody understands a drawing with so many branches at once, and we don't either.
        fc.pre(faults.every(({ message }) => !message.includes('分支过多')));
        expect(faults).toEqual([]);
        if (!graph) return;
        const facts = (way: number, redone: boolean) => ({
          order: { urgency: workOrderUrgency.values[way] ?? 'none', redone },
        });
        const decide = (n: number) => (decisions.next().value as number) % n;
        let step = start(graph, facts(decide(3), false));
        for (let i = 0; !step.ended; i += 1) {
          expect(i).toBeLessThan(500);
          const { tokens } = step.marking;
          const resting = tokens.filter(({ by }) => by === null);
          expect(resting.length).toBeGreaterThan(0);
          expect(new Set(tokens.map(({ id }) => id)).size).toBe(tokens.length);
          expect(new Set(resting.map(({ node }) => node)).size).toBe(resting.length);
          const token = resting[decide(resting.length)];
          const back = token && returnsOf(token);
          // People send back and go round for a while; then they want to be done with it.
          if (token && back?.length && i < 60 && decide(4) === 0)
            step = moveBack(graph, step.marking, token.id, back[decide(back.length)] ?? '');
          else step = complete(graph, step.marking, token?.id ?? -1, facts(decide(4), i < 60 && decide(3) === 0));
        }
        expect(step.marking.tokens).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
