import { type ArticleState, articleState, readableArticleStates } from '@rexian/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ArticleAct, nextState, requireAct } from './life-cycle.ts';

const acts = [
  ...(['save', 'discard', 'submit', 'recall', 'agree', 'return', 'publish', 'revise', 'withdraw', 'expire'] as const),
];
const readable = (state: ArticleState) => readableArticleStates.some((each) => each === state);
const written: ArticleState[] = ['draft', 'in_review', 'revising', 'revision_in_review'];
const reviewed: ArticleState[] = ['in_review', 'revision_in_review'];

/** An article as acts change it. */
interface Model {
  state: ArticleState;
  versions: number;
  /** Where it was before it was written anew. */
  before: ArticleState | null;
  gone: boolean;
}

function step(model: Model, act: ArticleAct): Model {
  const next = model.gone ? null : nextState(model.state, act);
  if (next === null) return model;
  if (next === 'before') return model.before ? { ...model, state: model.before } : { ...model, gone: true };
  const ended: Partial<Record<ArticleAct, ArticleState>> = { withdraw: 'withdrawn', expire: 'expired' };
  return {
    ...model,
    state: next,
    versions: model.versions + (act === 'publish' ? 1 : 0),
    before: ended[act] ?? model.before,
  };
}
const begun: Model = { state: 'draft', versions: 0, before: null, gone: false };

it('whatever people do: read is only what was published, published only what was reviewed, and only ends end what is read', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 60 }), (sequence) => {
      let model = begun;
      for (const act of sequence) {
        const next = step(model, act);
        if (readable(next.state)) expect(next.versions).toBeGreaterThan(0);
        if (next.versions > model.versions) expect(reviewed).toContain(model.state);
        if (readable(model.state) && !readable(next.state)) expect(['withdraw', 'expire']).toContain(act);
        if (next.state === 'expired' || next.state === 'withdrawn') expect(next.versions).toBeGreaterThan(0);
        // Nothing that is being written is lost by the end of what is read.
        if (act === 'withdraw' || act === 'expire')
          expect(written.includes(next.state)).toBe(written.includes(model.state));
        if (model.state === next.state && act !== 'save' && act !== 'agree')
          expect(next).toEqual({ ...model, gone: next.gone });
        model = next;
      }
    }),
    { numRuns: 2_000 },
  );
});

it('leads to every state', () => {
  const reached = new Set<ArticleState>([begun.state]);
  for (const state of reached) {
    for (const act of acts) {
      const next = nextState(state, act);
      if (next && next !== 'before') reached.add(next);
    }
  }
  expect([...reached].sort()).toEqual([...articleState.values].sort());
});

it('refuses what does not fit, in words', () => {
  expect(() => requireAct('published', 'publish')).toThrow('知识当前状态不能发布，请刷新后重试');
  expect(requireAct('published', 'revise')).toBe('revising');
});
