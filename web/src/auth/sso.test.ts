import { describe, expect, it } from 'vitest';
import { ssoText } from './sso.ts';

describe('single sign-on that came back without a person', () => {
  it('tells what to do', () => {
    expect(ssoText('?sso=unknown_person')).toContain('联系管理员');
    expect(ssoText('?sso=refused')).toContain('拒绝');
  });
  it('has words for codes it does not know, and none without a code', () => {
    expect(ssoText('?sso=whatever')).toBe(ssoText('?sso=failed'));
    expect(ssoText('?from=2026-01-01')).toBeNull();
  });
});
