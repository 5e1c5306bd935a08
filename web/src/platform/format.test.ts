import { describe, expect, it } from 'vitest';
import {
  dateMinute,
  dateTime,
  duration,
  durationOrDash,
  fileSize,
  isMasked,
  percentage,
  readableNumber,
} from './format.ts';

describe('duration', () => {
  it.each([
    [0, '00:00'],
    [-5, '00:00'],
    [999, '00:00'],
    [61_000, '01:01'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [36_061_000, '10:01:01'],
  ])('%d ms is %s', (value, text) => expect(duration(value)).toBe(text));
  it('shows nothing spent as a dash, and a short moment as one second', () => {
    expect(durationOrDash(0)).toBe('—');
    expect(durationOrDash(600)).toBe('00:01');
  });
});

describe('dateTime', () => {
  const now = new Date('2026-05-06T12:00:00+08:00');
  it('says only what is needed', () => {
    expect(dateTime(new Date('2026-05-06T09:08:07+08:00'), now)).toBe('09:08:07');
    expect(dateTime(new Date('2026-04-06T09:08:07+08:00'), now)).toBe('04-06 09:08:07');
    expect(dateTime(new Date('2025-04-06T09:08:07+08:00'), now)).toBe('2025-04-06 09:08:07');
  });
  it('leaves seconds out of lists', () => {
    expect(dateMinute(new Date('2026-05-06T09:08:07+08:00'), now)).toBe('09:08');
    expect(dateMinute(new Date('2026-04-06T09:08:07+08:00'), now)).toBe('04-06 09:08');
    expect(dateMinute(new Date('2025-04-06T09:08:07+08:00'), now)).toBe('2025-04-06 09:08');
  });
});

describe('numbers', () => {
  it('groups mobiles only', () => {
    expect(readableNumber('13800138000')).toBe('138 0013 8000');
    expect(readableNumber('+8613800138000')).toBe('138 0013 8000');
    expect(readableNumber('07712345678')).toBe('07712345678');
  });
  it('groups a masked mobile as well', () => {
    expect(readableNumber('138****5678')).toBe('138 **** 5678');
    expect(readableNumber('077*****678')).toBe('077*****678');
    expect(readableNumber('匿名')).toBe('匿名');
  });
  it.each([
    ['138****5678', true],
    ['韦*兰', true],
    ['韦*', true],
    ['450***********1234', true],
    ['13800138000', false],
    ['*52#', false],
    ['匿名', false],
    ['', false],
  ])('%s is masked: %s', (value, masked) => expect(isMasked(value)).toBe(masked));
  it('rates and sizes', () => {
    expect(percentage(null)).toBe('—');
    expect(percentage(0.9567)).toBe('95.7%');
    expect(fileSize(300)).toBe('1 KB');
    expect(fileSize(2_621_440)).toBe('2.5 MB');
  });
});
