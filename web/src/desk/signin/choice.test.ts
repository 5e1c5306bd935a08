import { beforeEach, describe, expect, it } from 'vitest';
import { choiceOf, lastChoice, rememberChoice, type SignInDraft } from './choice.ts';

let stored: Map<string, string>;
const shelf = {
  getItem: (name: string) => stored.get(name) ?? null,
  setItem: (name: string, value: string) => void stored.set(name, value),
};
beforeEach(() => {
  stored = new Map();
});
const draft = (change: Partial<SignInDraft>): SignInDraft => ({ ...lastChoice(shelf), ...change });

describe('the phone chosen at sign-in', () => {
  it('is the browser phone at first', () => {
    expect(choiceOf(lastChoice(shelf), null)).toEqual({ kind: 'browser' });
  });
  it('is remembered, but never the number of an outside phone', () => {
    rememberChoice(draft({ kind: 'outside', number: '13800138000', confirmKey: false, autoAnswer: true }), shelf);
    expect([...stored.values()].join()).not.toContain('138');
    expect(lastChoice(shelf)).toEqual({
      kind: 'outside',
      deviceId: null,
      autoAnswer: true,
      confirmKey: false,
      number: '',
    });
  });
  it('survives a shelf that holds nonsense', () => {
    stored.set('rexian.desk.phone', '{oops');
    expect(lastChoice(shelf).kind).toBe('browser');
    stored.set('rexian.desk.phone', '{"kind":"fax"}');
    expect(lastChoice(shelf).kind).toBe('browser');
  });
  it('asks for a device that is there and free', () => {
    const devices = [
      { id: 'a', inUseBy: null },
      { id: 'b', inUseBy: '韦晓兰' },
    ];
    expect(choiceOf(draft({ kind: 'sip', deviceId: 'a' }), devices)).toEqual({ kind: 'sip', deviceId: 'a' });
    expect(choiceOf(draft({ kind: 'sip', deviceId: 'b' }), devices)).toContain('韦晓兰');
    expect(choiceOf(draft({ kind: 'sip', deviceId: 'gone' }), devices)).toBe('请选择一部 IP 话机');
    expect(choiceOf(draft({ kind: 'sip' }), [])).toContain('联系管理员');
    expect(choiceOf(draft({ kind: 'sip', deviceId: 'a' }), null)).toContain('正在读取');
  });
  it('takes an outside number as people write it', () => {
    const outside = draft({ kind: 'outside', number: '138 0013-8000' });
    expect(choiceOf(outside, null)).toEqual({ kind: 'outside', number: '13800138000', confirmKey: true });
    expect(choiceOf({ ...outside, number: '12' }, null)).toBe('请输入接听来电的外线号码');
  });
});
