import { createRandom } from '@rexian/simulate';
import { describe, expect, it } from 'vitest';
import { planBlows, planCalls } from './chaos-plan.ts';

const TEN_MINUTES = 600_000;

describe('the plan of chaos', () => {
  it('is the same for the same seed, and another for another', () => {
    const plan = (seed: number) => {
      const random = createRandom(seed);
      return [planBlows(random, TEN_MINUTES), planCalls(random, TEN_MINUTES, 1)];
    };
    expect(plan(7)).toEqual(plan(7));
    expect(plan(7)).not.toEqual(plan(8));
  });

  it('hits everything in ten minutes, in order', () => {
    const blows = planBlows(createRandom(1), TEN_MINUTES);
    expect(new Set(blows.map(({ victim }) => victim)).size).toBe(6);
    expect(blows.map(({ atMs }) => atMs)).toEqual(blows.map(({ atMs }) => atMs).sort((a, b) => a - b));
    expect(blows.length).toBeGreaterThan(40);
  });

  it('has as many calls as the rate says, each with a number of its own that masking leaves apart', () => {
    const calls = planCalls(createRandom(1), TEN_MINUTES, 2);
    expect(calls.length).toBeGreaterThan(1_000);
    expect(calls.length).toBeLessThan(1_400);
    expect(new Set(calls.map(({ from }) => `${from.slice(0, 3)}${from.slice(-4)}`)).size).toBe(calls.length);
  });
});
