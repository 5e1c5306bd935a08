import { expect, it } from 'vitest';
import { partyState, situation } from './partyWords.ts';
import { contact, party } from './testDesk.ts';

const me = party({ me: true });

it('says who hears whom', () => {
  expect(situation(contact({}))).toBeNull();
  expect(situation(contact({ onHold: true }))?.text).toBe('来电人保持中，正在听音乐');
  const called = party({ legId: 'x', name: '黄志强', role: 'consulted', state: 'ringing' });
  expect(situation(contact({ parties: [me, called] }))?.text).toBe('来电人保持中 · 正在呼叫 黄志强，请稍候');
  const asked = { ...called, state: 'talking' as const };
  expect(situation(contact({ parties: [me, asked] }))?.text).toBe('来电人保持中 · 正在与 黄志强 磋商');
  const asker = party({ name: '韦晓兰' });
  expect(situation(contact({ role: 'consulted', parties: [asker, { ...asked, me: true }] }))?.text).toContain(
    '韦晓兰向您磋商',
  );
  // Whoever left is no part of it.
  expect(situation(contact({ parties: [me, { ...asked, state: 'ended' }] }))).toBeNull();
});

it('names the state of a party', () => {
  expect(partyState(party({})).text).toBe('主办坐席');
  expect(partyState(party({ muted: true })).text).toBe('静音');
  expect(partyState(party({ role: 'member', state: 'ringing' })).text).toBe('振铃');
  expect(partyState(party({ role: 'supervisor', mode: 'whisper' })).text).toBe('耳语指导');
});
