import { describe, expect, it } from 'vitest';
import { readWorkflow } from './read.ts';
import { type Drawn, type DrawnFlow, drawing, TO_SENDER } from './testing.ts';

const start: Drawn = { kind: 'startEvent', id: 'start' };
const end: Drawn = { kind: 'endEvent', id: 'end' };
const task = (id: string, settings?: unknown): Drawn => ({ kind: 'userTask', id, ...(settings ? { settings } : {}) });

const faultsOf = async (elements: Drawn[], flows: DrawnFlow[]) => (await readWorkflow(drawing(elements, flows))).faults;
const one = (element: string | null, message: string) => [{ element, message: expect.stringContaining(message) }];

describe('a drawing', () => {
  it('is read with what its elements say beyond BPMN', async () => {
    const settings = {
      assign: { to: 'registering_unit' },
      outcomes: ['办结', '转办'],
      due: { normal: { amount: 7, unit: 'days', working: true } },
    };
    const { graph, faults } = await readWorkflow(
      drawing(
        [start, task('a', settings), { kind: 'exclusiveGateway', id: 'g', fallback: 'f3' }, task('b'), end],
        [
          ['f1', 'start', 'a'],
          ['f2', 'a', 'g'],
          ['f3', 'g', 'end'],
          ['f4', 'g', 'b', 'outcome == "转办"'],
          ['f5', 'b', 'a'],
        ],
      ),
    );
    expect(faults).toEqual([]);
    expect(graph?.nodes.get('a')).toMatchObject({ type: 'task', settings: { outcomes: ['办结', '转办'], sign: {} } });
    expect(graph?.flows.get('f4')).toEqual({ id: 'f4', title: '', from: 'g', to: 'b', condition: 'outcome == "转办"' });
  });

  it.each([
    ['nothing', ''],
    ['no XML', 'BPMN'],
    ['XML that is no drawing', '<html/>'],
    ['an element that nobody knows', drawing([], []).replace('<process', '<wrong/><process')],
  ])('that is %s is refused', async (_what, xml) => {
    expect(await readWorkflow(xml)).toEqual({
      graph: null,
      faults: [{ element: null, message: '不是有效的 BPMN 流程图' }],
    });
  });

  it('that is too large is not read', async () => {
    expect((await readWorkflow(' '.repeat(500_001))).faults).toEqual(one(null, '过大'));
  });

  it('names what we do not execute, and what is missing', async () => {
    expect(
      await faultsOf(
        [start, { kind: 'inclusiveGateway', id: 'g' }, end],
        [
          ['f1', 'start', 'g'],
          ['f2', 'g', 'end'],
        ],
      ),
    ).toEqual(one('g', '不支持'));
    expect(await faultsOf([start, task('a'), end], [['f1', 'start', 'a']])).toEqual([
      { element: 'a', message: '没有出口' },
      { element: 'end', message: '没有入口' },
    ]);
    expect(
      await faultsOf(
        [start, task('a'), end],
        [
          ['f1', 'start', 'a'],
          ['f2', 'a', 'end'],
          ['f3', 'a', 'end'],
        ],
      ),
    ).toEqual(one('a', '请用网关'));
    expect(
      await faultsOf(
        [start, task('a', { assign: { to: 'unit' } }), end],
        [
          ['f1', 'start', 'a'],
          ['f2', 'a', 'end'],
        ],
      ),
    ).toEqual(one('a', '办理人：请选择单位'));
  });

  it('asks a branch for a default and for conditions that can be read', async () => {
    const branches = (fallback: string | undefined, condition?: string) =>
      faultsOf(
        [start, { kind: 'exclusiveGateway', id: 'g', ...(fallback ? { fallback } : {}) }, task('a'), end],
        [
          ['f1', 'start', 'g'],
          ['f2', 'g', 'a', condition],
          ['f3', 'g', 'end'],
          ['f4', 'a', 'end'],
        ],
      );
    expect(await branches('f3', 'order.urgency == "danger"')).toEqual([]);
    expect(await branches('f3', 'order.urgencey == "danger"')).toEqual(one('f2', 'order.urgencey 不存在'));
    expect(await branches('f3', 'urgency == "danger"')).toEqual(one('f2', 'urgency 不存在'));
    expect(await branches('f3', 'order.urgency == "dire"')).toEqual(one('f2', '没有“dire”'));
    expect(await branches('f3', 'outcome == "转办"')).toEqual(one('f2', '“转办”不是前面环节的办理结果'));
    expect(await branches(undefined, 'true')).toEqual(one('g', '默认出口'));
    expect(await branches('f3')).toEqual(one('f2', '请填写条件'));
    expect(await branches('f3', 'order.urgency ==')).toEqual(one('f2', '有误'));
    expect(await branches('f3', 'x.matches("a")')).toEqual(one('f2', '不支持函数'));
  });

  it('knows when the time of what has a timer is over', async () => {
    const timed = (due: object) =>
      faultsOf(
        [start, task('a', { ...TO_SENDER, due }), { kind: 'timer', id: 'late', at: 'a' }, end],
        [
          ['f1', 'start', 'a'],
          ['f2', 'a', 'end'],
          ['f3', 'late', 'end'],
        ],
      );
    expect(await timed({})).toEqual(one('late', '没有办结时限'));
    expect(await timed({ danger: { amount: 1, unit: 'hours', working: false } })).toEqual([]);
  });
});

describe('a drawing is refused', () => {
  it('when branches that part for different reasons are to meet', async () => {
    expect(
      await faultsOf(
        [
          start,
          { kind: 'exclusiveGateway', id: 'x', fallback: 'f2' },
          task('a'),
          task('b'),
          { kind: 'parallelGateway', id: 'join' },
          end,
        ],
        [
          ['f1', 'start', 'x'],
          ['f2', 'x', 'a'],
          ['f3', 'x', 'b', 'true'],
          ['f4', 'a', 'join'],
          ['f5', 'b', 'join'],
          ['f6', 'join', 'end'],
        ],
      ),
    ).toContainEqual({ element: 'join', message: '任何工单都到不了这里' });
  });

  it('when parallel branches go on without having met', async () => {
    expect(
      await faultsOf(
        [start, { kind: 'parallelGateway', id: 'fork' }, task('a'), task('b'), task('c'), end],
        [
          ['f1', 'start', 'fork'],
          ['f2', 'fork', 'a'],
          ['f3', 'fork', 'b'],
          ['f4', 'a', 'c'],
          ['f5', 'b', 'c'],
          ['f6', 'c', 'end'],
        ],
      ),
    ).toEqual(one('c', '重复到达'));
  });

  it('when it can only go round', async () => {
    expect(
      await faultsOf(
        [
          start,
          task('a'),
          task('b'),
          { kind: 'exclusiveGateway', id: 'g', fallback: 'f3' },
          { kind: 'parallelGateway', id: 'p' },
          end,
        ],
        [
          ['f1', 'start', 'a'],
          ['f2', 'a', 'g'],
          ['f3', 'g', 'b'],
          ['f4', 'b', 'a'],
          ['f5', 'g', 'p', 'true'],
          ['f6', 'end0', 'p'],
          ['f7', 'p', 'end'],
        ].filter(([, from]) => from !== 'end0') as DrawnFlow[],
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          start,
          { kind: 'exclusiveGateway', id: 'g', fallback: 'f2' },
          { kind: 'exclusiveGateway', id: 'h', fallback: 'f3' },
          end,
        ],
        [
          ['f1', 'start', 'g'],
          ['f2', 'g', 'h'],
          ['f3', 'h', 'g'],
          ['f4', 'h', 'end', 'false'],
        ],
      ),
    ).toContainEqual({ element: 'g', message: '循环中须至少有一个办理环节' });
  });
});
