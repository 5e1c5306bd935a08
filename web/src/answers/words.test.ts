import { expect, it } from 'vitest';
import { secondsToRead, validityWords } from './words.ts';

it('tells how long an answer is read, by what is spoken of it', () => {
  expect(secondsToRead('')).toBe(0);
  expect(secondsToRead('，。——')).toBe(0);
  expect(secondsToRead('可以在电子税务局办理。')).toBe(3);
  expect(secondsToRead('税'.repeat(90))).toBe(20);
});

it('says from when to when', () => {
  expect(validityWords({ validFrom: null, validTo: null })).toBe('长期');
  expect(validityWords({ validFrom: '2026-01-01', validTo: null })).toBe('2026-01-01 起');
  expect(validityWords({ validFrom: null, validTo: '2026-12-31' })).toBe('至 2026-12-31');
});
