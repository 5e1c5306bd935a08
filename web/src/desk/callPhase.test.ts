import { expect, it } from 'vitest';
import { callPhase } from './callPhase.ts';
import { at, contact, party } from './testDesk.ts';

it('counts the ringing, then the talk, and stops with the call', () => {
  const ringing = contact({ legState: 'ringing', connectedAt: null });
  expect(callPhase(ringing, 'ringing')).toMatchObject({
    label: '来电振铃',
    tone: 'ringing',
    since: at(1),
    until: null,
  });
  expect(callPhase(contact({}), 'talking')).toMatchObject({ label: '通话中', tone: 'talking', since: at(5) });
  expect(callPhase(contact({ onHold: true }), 'talking')).toMatchObject({ label: '保持中' });
  expect(callPhase(contact({ legState: 'ended', endedAt: at(9) }), 'wrap_up')).toMatchObject({
    tone: 'wrap-up',
    since: at(5),
    until: at(9),
  });
});

it('tells an outbound call, a consultation and a conference apart', () => {
  expect(callPhase(contact({ legState: 'ringing', direction: 'outbound' }), 'dialling').label).toBe('正在呼叫话机');
  expect(callPhase(contact({ direction: 'outbound' }), 'dialling').label).toBe('正在呼叫对方');
  const consulted = party({ role: 'consulted', state: 'ringing' });
  expect(callPhase(contact({ parties: [party({ me: true }), consulted] }), 'talking').label).toBe('磋商中');
  expect(callPhase(contact({ parties: [party({ me: true }), party({ role: 'member' })] }), 'talking').label).toBe(
    '多方通话',
  );
  expect(callPhase(contact({ role: 'consulted', legState: 'ringing' }), 'ringing').label).toBe('磋商来电');
});
