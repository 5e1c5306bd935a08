import type { Call } from '@rexian/softphone';
import { describe, expect, it } from 'vitest';
import { contact, deskOf, party, verbs } from './testDesk.ts';
import { phoneBar } from './verbs.ts';

const browser = (call: Call = { state: 'idle' }) => ({ phase: 'signed_in', phoneKind: 'browser', call }) as const;
const talking = (muted = false): Call => ({ state: 'talking', number: '1', since: 0, muted });
const ringing: Call = { state: 'ringing', number: '1', since: 0 };
const sip = { phase: 'signed_in', phoneKind: 'sip', call: { state: 'idle' } } as const;
const outside = { phase: 'signed_in', phoneKind: 'outside', call: { state: 'idle' } } as const;

describe('phone bar', () => {
  it('offers nothing without a call but dialling', () => {
    const bar = phoneBar(deskOf(null), browser());
    expect(
      Object.values(bar)
        .filter(({ enabled }) => enabled)
        .map(({ place }) => place),
    ).toEqual(['dial']);
    expect(bar.answer.reason).toBe('当前没有来电');
    expect(bar.hold.reason).toBe('当前没有通话');
  });
  it('asks to sign in first', () => {
    const bar = phoneBar(undefined, { phase: 'signed_out', phoneKind: null, call: { state: 'idle' } });
    expect(Object.values(bar).every(({ enabled, reason }) => !enabled && reason === '请先签入')).toBe(true);
  });
  it('answers a browser phone once it rings in this page', () => {
    const offered = deskOf(
      contact({ legState: 'ringing', can: verbs('answer', 'reject'), whyNot: { transfer: '接听后可用' } }),
      { state: 'ringing' },
    );
    expect(phoneBar(offered, browser()).answer).toMatchObject({ enabled: false, reason: '正在呼叫本机' });
    const bar = phoneBar(offered, browser(ringing));
    expect(bar.answer).toMatchObject({ enabled: true, active: true });
    expect(bar.hang_up).toMatchObject({ enabled: true, action: 'reject', label: '拒接' });
    expect(bar.transfer).toMatchObject({ enabled: false, reason: '接听后可用' });
  });
  it('answers an IP phone through the server, an outside phone never', () => {
    const offered = deskOf(contact({ legState: 'ringing', can: verbs('answer', 'reject') }), { state: 'ringing' });
    expect(phoneBar(offered, sip).answer.enabled).toBe(true);
    const whyNot = { answer: '请在外线电话上接听' };
    const refused = deskOf(contact({ legState: 'ringing', can: verbs('reject'), whyNot }), { state: 'ringing' });
    expect(phoneBar(refused, outside).answer).toMatchObject({ enabled: false, reason: '请在外线电话上接听' });
    expect(phoneBar(refused, outside).hang_up).toMatchObject({ enabled: true, action: 'reject' });
  });
  it('puts opposites into one place', () => {
    const held = deskOf(contact({ onHold: true, muted: true, can: verbs('retrieve', 'unmute', 'hang_up') }));
    const bar = phoneBar(held, sip);
    expect(bar.hold).toMatchObject({ action: 'retrieve', label: '取保持', active: true, enabled: true });
    expect(bar.mute).toMatchObject({ action: 'unmute', label: '取消静音', active: true, enabled: true });
    expect(bar.hang_up).toMatchObject({ action: 'hang_up', label: '挂机', enabled: true });
  });
  it('believes the microphone in this page rather than older news of the server', () => {
    const desk = deskOf(contact({ muted: false, can: verbs('mute', 'hang_up') }));
    expect(phoneBar(desk, browser(talking(true))).mute).toMatchObject({ action: 'unmute', enabled: true });
  });
  it('turns into the bar of a consultation', () => {
    const asking = contact({
      can: verbs('consult_return', 'hang_up'),
      whyNot: { consult_transfer: '对方尚未接听', hold: '磋商中，请先结束磋商' },
      parties: [party({ me: true }), party({ role: 'consulted', state: 'ringing' })],
    });
    const bar = phoneBar(deskOf(asking), browser(talking()));
    expect(bar.consult).toMatchObject({ action: 'consult_return', enabled: true, active: true });
    expect(bar.transfer).toMatchObject({ action: 'consult_transfer', enabled: false, reason: '对方尚未接听' });
    expect(bar.hold).toMatchObject({ enabled: false, reason: '磋商中，请先结束磋商' });
    const asked = { ...asking, can: verbs('consult_return', 'consult_transfer', 'conference', 'hang_up') };
    const answered = phoneBar(deskOf(asked), browser(talking()));
    expect(answered.transfer).toMatchObject({ action: 'consult_transfer', enabled: true });
    expect(answered.conference).toMatchObject({ action: 'conference', enabled: true });
  });
  it('says in the words of the server why a verb does not fit', () => {
    const three = contact({
      can: verbs('hang_up', 'add_member'),
      whyNot: { transfer: '多方通话中，请先拆除其他成员', dtmf: '来电人已挂机' },
    });
    const bar = phoneBar(deskOf(three), browser(talking()));
    expect([bar.transfer.reason, bar.keys.reason]).toEqual(['多方通话中，请先拆除其他成员', '来电人已挂机']);
  });
  it('lets the agent leave although the server is away', () => {
    expect(phoneBar(undefined, browser(talking())).hang_up).toMatchObject({ enabled: true, action: 'hang_up' });
    expect(phoneBar(undefined, browser(talking())).mute.enabled).toBe(true);
  });
  it('says why nobody can be called', () => {
    const can = { ready: false, notReady: false, signOut: false, wrapUp: true, dial: false, next: false };
    const busy = deskOf(null, { state: 'wrap_up', can, whyNoDial: '提交小结后可外呼' });
    expect(phoneBar(busy, sip).dial).toMatchObject({ enabled: false, reason: '提交小结后可外呼' });
  });
});
