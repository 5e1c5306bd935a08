/** What a new password must be like, and passwords that are given out. */
import { randomInt } from 'node:crypto';
import type { PasswordPolicy } from '@rexian/contracts';
import { isGuessable } from './passwords.ts';

/** Lower-case, upper-case, digits, others: in that order. */
const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];
/** Parts of a name or login shorter than this are in too many words. */
const MIN_PERSONAL = 3;

export interface PasswordOwner {
  login: string;
  name: string;
}

/** What a password lacks, as a sentence for whoever chose it; null: nothing. */
export async function passwordFault(
  policy: PasswordPolicy,
  password: string,
  owner: PasswordOwner,
): Promise<string | null> {
  const fault = formalFault(policy, password, owner);
  if (fault) return fault;
  if (await isGuessable(password, [owner.login, owner.name])) return '这个密码太常见或太容易猜到，请换一个';
  return null;
}

/** The part that needs no dictionary. */
export function formalFault(policy: PasswordPolicy, typed: string, { login, name }: PasswordOwner): string | null {
  // As it is hashed.
  const password = typed.normalize('NFKC');
  if ([...password].length < policy.minLength) return `密码至少 ${policy.minLength} 个字符`;
  if (CLASSES.filter((each) => each.test(password)).length < policy.minClasses)
    return policy.minClasses === 4
      ? '密码须同时包含大写字母、小写字母、数字和符号'
      : `密码须包含大写字母、小写字母、数字、符号中的至少 ${policy.minClasses} 种`;
  const lower = password.toLowerCase();
  const contains = (word: string) => word.length >= MIN_PERSONAL && lower.includes(word.toLowerCase());
  if (contains(login)) return '密码不能包含工号';
  if (contains(name)) return '密码不能包含姓名';
  return null;
}

/** Nothing that is mistaken for something else when read out or copied from paper. */
const LETTERS = ['abcdefghjkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '@#%+=?*'] as const;
const TEMPORARY_LENGTH = 12;

const pick = (letters: string) => letters.charAt(randomInt(letters.length));

/** A password to hand out: random, easy to read, as the policy wants it. To be changed at the first sign-in. */
export function temporaryPassword(policy: PasswordPolicy): string {
  const length = Math.max(TEMPORARY_LENGTH, policy.minLength);
  const others = LETTERS[policy.minClasses === 4 ? 3 : 2];
  const one = [pick(LETTERS[0]), pick(LETTERS[1]), pick(LETTERS[2]), pick(others)];
  const all = LETTERS[0] + LETTERS[1] + LETTERS[2];
  const characters = [...one, ...Array.from({ length: length - one.length }, () => pick(all))];
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    const kept = characters[last] ?? '';
    characters[last] = characters[other] ?? '';
    characters[other] = kept;
  }
  return characters.join('');
}
