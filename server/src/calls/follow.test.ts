import { expect, it } from 'vitest';
import { nextChannel } from './follow.ts';

it('names the channels of one leg after each other', () => {
  const first = nextChannel('contact-018f-agent-2');
  expect(first).toEqual({ channelId: 'contact-018f-agent-2.2', part: 2 });
  expect(nextChannel(first.channelId)).toEqual({ channelId: 'contact-018f-agent-2.3', part: 3 });
});
