import type { CallTargets } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { meantRow, nextChoosable, tabsOf, targetRows } from './targetRows.ts';

const agent = (name: string, change: Partial<CallTargets['agents'][number]>): CallTargets['agents'][number] => ({
  person: { id: name, name, agentNumber: `88${name.length}` },
  unit: '广西12366',
  state: 'ready',
  reason: null,
  since: new Date(0),
  can: { transfer: true, consult: true },
  ...change,
});
const targets: CallTargets = {
  agents: [
    agent('忙者', { state: 'talking', can: { transfer: false, consult: false } }),
    agent('休息', { state: 'not_ready', reason: 'meal', can: { transfer: false, consult: true } }),
    agent('新闲', { since: new Date(9_000) }),
    agent('久闲', { since: new Date(1_000) }),
  ],
  queues: [{ id: 'q', name: '税务咨询', unit: '广西12366', waiting: 3, ready: 1 }],
  flows: [{ id: 'f', name: '主菜单' }],
  centres: [{ accessCodeId: 'a', code: '9002', name: '南宁12366', unit: '南宁12366' }],
  shownNumbers: [],
};
const titles = (...[of]: [Parameters<typeof targetRows>[1]]) => targetRows(targets, of).map(({ title }) => title);

describe('targets', () => {
  it('lists those who can take the call first, the longest idle on top', () => {
    expect(titles({ purpose: 'transfer', tab: 'agent', text: '' })).toEqual(['久闲', '新闲', '休息', '忙者']);
    const rows = targetRows(targets, { purpose: 'transfer', tab: 'agent', text: '' });
    expect(rows.map(({ reason }) => reason === null)).toEqual([true, true, false, false]);
    expect(rows[2]?.state?.label).toBe('示忙·用餐');
  });
  it('may ask somebody who rests, but not hand a call over to them', () => {
    const rest = (purpose: 'consult' | 'transfer') =>
      targetRows(targets, { purpose, tab: 'agent', text: '休息' })[0]?.reason ?? null;
    expect(rest('consult')).toBeNull();
    expect(rest('transfer')).toContain('示忙');
  });
  it('consults and adds persons only', () => {
    expect(tabsOf('consult').map(({ key }) => key)).toEqual(['all', 'agent', 'number']);
    expect(titles({ purpose: 'add_member', tab: 'all', text: '' })).not.toContain('税务咨询');
  });
  it('finds by name, number, unit and code over all kinds', () => {
    expect(titles({ purpose: 'transfer', tab: 'all', text: '税务' })).toEqual(['税务咨询']);
    expect(titles({ purpose: 'transfer', tab: 'all', text: '9002' })).toEqual(['南宁12366', '9002']);
    expect(titles({ purpose: 'transfer', tab: 'centre', text: '南宁' })).toEqual(['南宁12366']);
  });
  it('offers a typed number as people write it, and nothing else as a number', () => {
    const [row] = targetRows(targets, { purpose: 'transfer', tab: 'number', text: '138 0013-8000' });
    expect(row?.target).toEqual({ kind: 'number', number: '13800138000' });
    expect(titles({ purpose: 'transfer', tab: 'number', text: '12' })).toEqual([]);
    expect(titles({ purpose: 'transfer', tab: 'number', text: '张三' })).toEqual([]);
  });
  it('takes who was meant before the list was seen: a number is the first who has it, a name must be one person’s', () => {
    const meant = (text: string) => {
      const row = meantRow(targetRows(targets, { purpose: 'transfer', tab: 'all', text }), text);
      return row === null || row === 'several' ? row : row.title;
    };
    expect([meant('9002'), meant('久'), meant('闲'), meant('忙'), meant('无此人')]).toEqual([
      '南宁12366',
      '久闲',
      'several',
      null,
      null,
    ]);
  });
  it('moves over rows that can be chosen', () => {
    const rows = targetRows(targets, { purpose: 'consult', tab: 'agent', text: '' });
    expect(nextChoosable(rows, 0, 1)).toBe(0);
    expect(nextChoosable(rows, 3, 1)).toBe(-1);
    expect(nextChoosable(rows, 3, -1)).toBe(2);
  });
});
