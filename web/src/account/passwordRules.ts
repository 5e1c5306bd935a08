import type { PasswordPolicy } from '@rexian/contracts';

export interface PasswordCheck {
  text: string;
  /** null: only the server can tell. */
  met: boolean | null;
}

const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];

/** How many of lower-case, upper-case, digits, others appear. */
export function classCount(password: string): number {
  return classes.filter((each) => each.test(password)).length;
}

/** Parts of a name or login shorter than this are in too many words. */
const MIN_PERSONAL = 3;

export interface PasswordOwner {
  login: string;
  name: string;
}

/** The policy as a list that fills while one types; the server goes by the same rules (auth/password-rules.ts) and a dictionary. */
export function passwordChecks(
  policy: PasswordPolicy,
  owner: PasswordOwner,
  next: string,
  current: string,
): PasswordCheck[] {
  const checks: PasswordCheck[] = [
    { text: `至少 ${policy.minLength} 个字符`, met: [...next].length >= policy.minLength },
  ];
  if (policy.minClasses > 1) {
    const text =
      policy.minClasses === 4
        ? '同时包含大写字母、小写字母、数字、符号'
        : `大写字母、小写字母、数字、符号中至少 ${policy.minClasses} 种`;
    checks.push({ text, met: classCount(next) >= policy.minClasses });
  }
  checks.push({ text: '与当前密码不同', met: next !== '' && next !== current });
  checks.push({ text: '不包含工号和姓名', met: next !== '' && !holdsNameOf(owner, next) });
  if (policy.history > 0) checks.push({ text: `最近 ${policy.history} 次用过的密码不能再用`, met: null });
  checks.push({ text: '不能是常见的、容易猜到的密码', met: null });
  return checks;
}

function holdsNameOf({ login, name }: PasswordOwner, password: string): boolean {
  const lower = password.toLowerCase();
  return [login, name].some((word) => word.length >= MIN_PERSONAL && lower.includes(word.toLowerCase()));
}
