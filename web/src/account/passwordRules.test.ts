import type { PasswordPolicy } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { classCount, passwordChecks } from './passwordRules.ts';

const policy: PasswordPolicy = { minLength: 10, minClasses: 3, history: 5, maxAgeDays: 90 };
const owner = { login: '1001', name: '韦晓兰' };
const unmet = (next: string, current = 'old', changed: Partial<PasswordPolicy> = {}) =>
  passwordChecks({ ...policy, ...changed }, owner, next, current)
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
    expect(unmet('')).toHaveLength(4);
    expect(unmet('Rexian12366')).toEqual([]);
    expect(unmet('rexian12366')).toEqual(['大写字母、小写字母、数字、符号中至少 3 种']);
    expect(unmet('Rexian12366', 'Rexian12366')).toEqual(['与当前密码不同']);
  });
  it('refuses what anybody would try first', () => {
    expect(unmet('Rexian1001!')).toEqual(['不包含工号和姓名']);
    expect(unmet('韦晓兰Rexian1')).toEqual(['不包含工号和姓名']);
  });
  it('leaves the earlier passwords to the server', () => {
    const open = (changed: Partial<PasswordPolicy>) =>
      passwordChecks({ ...policy, ...changed }, owner, 'Rexian12366', '').filter(({ met }) => met === null);
    expect(open({}).map(({ text }) => text)).toEqual(['最近 5 次用过的密码不能再用', '不能是常见的、容易猜到的密码']);
    expect(open({ history: 0 })).toHaveLength(1);
  });
});
