import { type SecuritySettings, securitySettings } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { contradiction, groups } from './groups.ts';

const settings: SecuritySettings = {
  password: { minLength: 10, minClasses: 3, history: 5, maxAgeDays: 90 },
  lockout: { accountFailures: 5, addressFailures: 50, firstSeconds: 30, maxSeconds: 1800 },
  session: { idleMinutes: 30, absoluteHours: 12 },
  totpForAdministrators: false,
};
const withValue = ([group, name]: [keyof SecuritySettings, string], value: number) => ({
  ...settings,
  [group]: { ...(settings[group] as object), [name]: value },
});

describe('security settings', () => {
  const fields = groups.flatMap((group) => group.fields);
  it.each(fields.map((field) => [field.path.join('.'), field] as const))(
    '%s has the limits of the contract',
    (_, f) => {
      const taken = (value: number) => securitySettings.safeParse(withValue(f.path, value)).success;
      expect([f.min - 1, f.min, f.max, f.max + 1].map(taken)).toEqual([false, true, true, false]);
    },
  );
  it('shows every number there is', () => {
    const { password, lockout, session } = settings;
    expect(fields).toHaveLength([password, lockout, session].flatMap((group) => Object.keys(group)).length);
  });
  it('finds what contradicts itself', () => {
    expect(contradiction(settings)).toBeNull();
    expect(contradiction(withValue(['lockout', 'firstSeconds'], 3600))).toContain('最长锁定');
  });
});
