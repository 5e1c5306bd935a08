import { expect, it } from 'vitest';
import { createLogger } from '../platform/log.ts';
import { Lanes } from './lanes.ts';

const silent = createLogger({ level: 'silent' });

/** Work that ends when it is told to. */
function held() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const lanes = new Lanes((id) => {
    begun.push(id);
    return new Promise<void>((end) => ends.push(end));
  }, silent);
  return { lanes, begun, ends };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('a slow platform holds up itself alone, and is looked at again for what came meanwhile', async () => {
  const { lanes, begun, ends } = held();
  lanes.start(['slow']);
  lanes.start(['slow', 'quick']);
  lanes.start(['slow']);
  expect(begun).toEqual(['slow', 'quick']);
  ends[1]?.();
  await turn();
  lanes.start(['quick']);
  expect(begun).toEqual(['slow', 'quick', 'quick']);
  ends[0]?.();
  await turn();
  expect(begun).toEqual(['slow', 'quick', 'quick', 'slow']);
});

it('stopping waits for what goes on and begins nothing else', async () => {
  const { lanes, begun, ends } = held();
  lanes.start(['one']);
  lanes.start(['one']);
  let hasStopped = false;
  const stopped = lanes.stop().then(() => {
    hasStopped = true;
  });
  lanes.start(['other']);
  await turn();
  expect(hasStopped).toBe(false);
  ends[0]?.();
  await stopped;
  expect(begun).toEqual(['one']);
});

it('work that fails is over, and comes again', async () => {
  let times = 0;
  const lanes = new Lanes(async () => {
    times += 1;
    throw new Error('unexpected');
  }, silent);
  lanes.start(['one']);
  await turn();
  lanes.start(['one']);
  expect(times).toBe(2);
  await lanes.stop();
});
