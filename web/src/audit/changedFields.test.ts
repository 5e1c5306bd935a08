import type { AuditEntry } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { changedFields } from './changedFields.ts';

const entry = (
  kind: AuditEntry['subject']['kind'],
  before: AuditEntry['before'],
  after: AuditEntry['after'],
): Pick<AuditEntry, 'before' | 'after' | 'subject'> => ({ before, after, subject: { kind, id: null, name: '' } });

describe('before and after', () => {
  it('puts both sides of a field in one row, in the words of the screens', () => {
    const rows = changedFields(entry('person', { name: '韦*', active: true }, { name: '黄*', active: false }));
    expect(rows).toEqual([
      { path: 'name', label: '姓名', before: '韦*', after: '黄*' },
      { path: 'active', label: '启用', before: '是', after: '否' },
    ]);
  });
  it('opens groups and names closed values', () => {
    const rows = changedFields(
      entry('security', { lockout: { maxSeconds: 60 } }, { lockout: { maxSeconds: 90 }, permissions: ['audit.read'] }),
    );
    expect(rows).toEqual([
      { path: 'lockout.maxSeconds', label: '登录锁定 / 最长锁定秒数', before: '60', after: '90' },
      { path: 'permissions', label: '权限', before: null, after: '查看审计日志' },
    ]);
  });
  it('tells nothing from not there, and reads times and lists', () => {
    const rows = changedFields(
      entry('list_entry', null, { reason: '', expiresAt: '2026-05-06T00:00:00+08:00', networks: [], strange: 7 }),
    );
    expect(rows.map(({ label, before, after }) => [label, before, after])).toEqual([
      ['原因', null, '（空）'],
      ['有效期至', null, expect.stringMatching(/^2026-05-0\d \d\d:00:00$/)],
      ['允许来源', null, '（无）'],
      ['strange', null, '7'],
    ]);
  });
  it('says why a sign-in failed, and leaves typed reasons as they are', () => {
    const reason = (kind: AuditEntry['subject']['kind'], text: string) =>
      changedFields(entry(kind, null, { reason: text })).map(({ after }) => after);
    expect(reason('person', 'BAD_CODE')).toEqual(['动态口令不正确']);
    expect(reason('list_entry', '多次恶意骚扰')).toEqual(['多次恶意骚扰']);
  });
  it('knows what is done with lost calls', () => {
    const after = { numbers: ['199****6676'], assignedTo: '韦晓兰', state: 'closed', remark: '已解决' };
    expect(changedFields(entry('lost_call', null, after)).map((row) => [row.label, row.after])).toEqual([
      ['号码', '199****6676'],
      ['分派给', '韦晓兰'],
      ['状态', '无需回拨'],
      ['说明', '已解决'],
    ]);
  });
  it('reads paths that come as one name', () => {
    const [row] = changedFields(entry('security', { 'lockout.maxSeconds': 60 }, { 'lockout.maxSeconds': 90 }));
    expect(row).toMatchObject({ label: '登录锁定 / 最长锁定秒数', before: '60', after: '90' });
  });
  it('reads the hours of a calendar', () => {
    const open = [{ from: '09:00', to: '12:00' }];
    const shown = (after: AuditEntry['after']) => changedFields(entry('calendar', null, after)).map((row) => row.after);
    expect(shown({ week: [open, open, open, open, [], [], []] })).toEqual(['周一至周四 09:00–12:00；周五至周日 休息']);
    expect(shown({ week: [[], [], [], [], [], open, open] })).toEqual(['周一至周五 休息；周六、周日 09:00–12:00']);
    expect(shown({ specialDays: [{ date: '2026-10-01', name: '国庆', hours: [] }] })).toEqual(['2026-10-01 国庆 休息']);
  });
  it('reads lists of groups', () => {
    const [row] = changedFields(entry('data_key', null, { keys: [{ day: '2026-10-01', name: '国庆' }] }));
    expect(row?.after).toBe('日期 2026-10-01，名称 国庆');
  });
});
