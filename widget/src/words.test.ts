import { describe, expect, it } from 'vitest';
import { callerNumberError, callWords, clock } from './words.ts';

describe('来电体验', () => {
  it('says what the call does', () => {
    expect(callWords({ state: 'idle' }, true)).toBe('正在准备…');
    expect(callWords({ state: 'talking', number: '1', since: 0, muted: true }, false)).toBe('通话中（已静音）');
    expect(callWords({ state: 'ended', number: '1', since: 0, ending: 'them', failure: null }, false)).toBe(
      '对方已挂机',
    );
    expect(callWords({ state: 'ended', number: '1', since: 0, ending: 'them', failure: 'busy' }, false)).toBe(
      '未能接通',
    );
  });
  it('counts minutes past the hour', () => {
    expect(clock(61_000)).toBe('01:01');
    expect(clock(3_661_000)).toBe('61:01');
    expect(clock(-1)).toBe('00:00');
  });
  it('accepts no number or a plain one', () => {
    expect(callerNumberError('')).toBeNull();
    expect(callerNumberError('13800138000')).toBeNull();
    expect(callerNumberError('12')).not.toBeNull();
    expect(callerNumberError('138-0013')).not.toBeNull();
  });
});
