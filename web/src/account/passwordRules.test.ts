import type { PasswordPolicy } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { classCount, passwordChecks } from './passwordRules.ts';

const policy: PasswordPolicy = { minLength: 10, minClasses: 3, history: 5, maxAgeDays: 90 };
const unmet = (next: string, current = 'old', changed: Partial<PasswordPolicy> = {}) =>
  passwordChecks({ ...policy, ...changed }, next, current)
    .filter(({ met }) => met === false)
    .map(({ text }) => text);

describe('password rules', () => {
  it.each([
    ['', 0],
    ['abc', 1],
    ['Abc', 2],
    ['Abc1', 3],
    ['Abc1!', 4],
    ['热线', 1],
  ])('%s has %d classes', (text, count) => expect(classCount(text)).toBe(count));
  it('names what is missing', () => {
    expect(unmet('')).toHaveLength(3);
    expect(unmet('Rexian12366')).toEqual([]);
    expect(unmet('rexian12366')).toEqual(['大写字母、小写字母、数字、符号中至少 3 种']);
    expect(unmet('Rexian12366', 'Rexian12366')).toEqual(['与当前密码不同']);
  });
  it('leaves the earlier passwords to the server', () => {
    expect(passwordChecks(policy, 'Rexian12366', '').at(-1)).toEqual({
      text: '最近 5 次用过的密码不能再用',
      met: null,
    });
    expect(passwordChecks({ ...policy, history: 0, minClasses: 1 }, 'x', '')).toHaveLength(2);
  });
});
