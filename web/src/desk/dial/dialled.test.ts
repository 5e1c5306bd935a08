import { expect, it } from 'vitest';
import { dialledNumber } from './dialled.ts';

it('takes a number as people write it and refuses what is none', () => {
  expect(dialledNumber(' 138 0013-8000')).toEqual({ number: '13800138000' });
  expect(dialledNumber('（0771）5563281')).toEqual({ number: '07715563281' });
  expect(dialledNumber('+8613800138000')).toEqual({ number: '+8613800138000' });
  expect(dialledNumber('')).toEqual({ missing: '请输入要拨打的号码' });
  expect(dialledNumber('12')).toHaveProperty('missing');
  expect(dialledNumber('138****8000')).toHaveProperty('missing');
});
