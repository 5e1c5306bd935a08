import { describe, expect, it } from 'vitest';
import { diallingOf } from './arrivals.ts';

describe('what the dialplan tells of a call', () => {
  it.each([
    [['inbound', '12366', 'trunk'], { dialled: '12366', source: 'trunk' }],
    [['inbound', '0772', 'trial', 'trunk'], { dialled: '0772,trial', source: 'trunk' }],
    [['inbound', '12366'], { dialled: '', source: '' }],
    [[], { dialled: '', source: '' }],
  ])('%j', (args, told) => expect(diallingOf(args)).toEqual(told));
});
