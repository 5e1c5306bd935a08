import type { PasswordPolicy } from '@rexian/contracts';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { formalFault, passwordFault, temporaryPassword } from './password-rules.ts';
import '../testing/passwords.setup.ts';

vi.setConfig({ testTimeout: 60_000 });

const policies: fc.Arbitrary<PasswordPolicy> = fc.record({
  minLength: fc.integer({ min: 8, max: 64 }),
  minClasses: fc.integer({ min: 1, max: 4 }),
  history: fc.constant(0),
  maxAgeDays: fc.constant(0),
});
const nobody = { login: 'someone', name: '某某' };
const policy: PasswordPolicy = { minLength: 10, minClasses: 3, history: 0, maxAgeDays: 0 };

test('temporary passwords satisfy every policy and have nothing to misread', () => {
  fc.assert(
    fc.property(policies, (each) => {
      const password = temporaryPassword(each);
      expect(formalFault(each, password, nobody)).toBeNull();
      expect(password).not.toMatch(/[0O1lIio\s]/);
    }),
  );
});

test('temporary passwords differ, and their kinds of letters have no fixed places', () => {
  const many = Array.from({ length: 200 }, () => temporaryPassword(policy));
  expect(new Set(many).size).toBe(200);
  for (const place of [0, 1, 2, 3]) expect(new Set(many.map((each) => /\d/.test(each[place] ?? ''))).size).toBe(2);
});

test('temporary passwords are not among those that are guessed', async () => {
  for (let times = 0; times < 5; times += 1)
    expect(await passwordFault(policy, temporaryPassword(policy), nobody)).toBeNull();
});

test('a password that is short or of too few kinds is refused, whatever else it is', () => {
  fc.assert(
    fc.property(policies, fc.string({ unit: 'grapheme', maxLength: 70 }), (each, typed) => {
      const password = typed.normalize('NFKC');
      const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u].filter((kind) => kind.test(password));
      const enough = [...password].length >= each.minLength && kinds.length >= each.minClasses;
      expect(formalFault(each, typed, { login: '\0\0\0', name: '\0\0\0' }) === null).toBe(enough);
    }),
  );
});

test('neither login nor name may be in it, short names aside', () => {
  const owner = { login: 'gx8801', name: '欧阳文华' };
  expect(formalFault(policy, 'Abc-GX8801-xyz', owner)).toBe('密码不能包含工号');
  expect(formalFault(policy, 'Abc-ＧＸ８８０１-xyz', owner)).toBe('密码不能包含工号');
  expect(formalFault(policy, 'Ab9欧阳文华-xyz', owner)).toBe('密码不能包含姓名');
  expect(formalFault(policy, 'Ab9韦一-xyzqrs', { ...owner, name: '韦一' })).toBeNull();
});
