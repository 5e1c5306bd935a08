import { Secret } from 'otpauth';
import { expect, test } from 'vitest';
import { newRecoveryCodes, recoveryCodeHash, stepOfCode } from './totp.ts';

/** RFC 6238, appendix B: the SHA-1 secret, and the last six digits of its codes. */
const SECRET = Secret.fromUTF8('12345678901234567890').base32;
const VECTORS: [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
];

test.each(VECTORS)('the code of the standard at second %i', (seconds, code) => {
  expect(stepOfCode(SECRET, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
});

test('a code counts in its step, the one before and the one after, as what it is', () => {
  const [at, code] = [1_234_567_890, '005924'];
  const step = Math.floor(at / 30);
  for (const shift of [-30, 0, 30]) expect(stepOfCode(SECRET, code, (at + shift) * 1000)).toBe(step);
  for (const shift of [-60, 60]) expect(stepOfCode(SECRET, code, (at + shift) * 1000)).toBeNull();
});

test('what is no code is none', () => {
  for (const text of ['', '12345', '1234567', 'abcdef', '００５９２４', ' 05924'])
    expect(stepOfCode(SECRET, text, 1_234_567_890_000)).toBeNull();
});

test('recovery codes are the same however they are typed, and differ from each other', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes.map((code) => recoveryCodeHash(code).toString('hex'))).size).toBe(codes.length);
  const code = codes[0] ?? '';
  expect(code).toMatch(/^(?:[a-hj-km-np-z2-9]{4}-){3}[a-hj-km-np-z2-9]{4}$/);
  expect(recoveryCodeHash(` ${code.toUpperCase().replaceAll('-', ' ')} `)).toEqual(recoveryCodeHash(code));
});
