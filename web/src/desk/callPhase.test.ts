import type { DeskContact } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { callPhase } from './callPhase.ts';

const at = (second: number) => new Date(second * 1_000);
const contact = (change: Partial<DeskContact>): DeskContact => ({
  contactId: 'c',
  legId: 'l',
  legState: 'ringing',
  callerNumber: '1',
  calledNumber: '12366',
  calledName: '广西12366',
  queue: null,
  trajectory: [],
  waitedMs: 0,
  ringingAt: at(1),
  connectedAt: null,
  endedAt: null,
  onHold: false,
  history: [],
  ...change,
});

it('counts the ringing, then the talk, and stops with the call', () => {
  expect(callPhase(contact({}))).toMatchObject({ tone: 'ringing', since: at(1), until: null });
  expect(callPhase(contact({ legState: 'talking', connectedAt: at(5) }))).toMatchObject({
    tone: 'talking',
    since: at(5),
  });
  expect(callPhase(contact({ legState: 'talking', connectedAt: at(5), onHold: true }))).toMatchObject({
    label: '保持中',
  });
  expect(callPhase(contact({ legState: 'ended', connectedAt: at(5), endedAt: at(9) }))).toMatchObject({
    tone: 'wrap-up',
    since: at(5),
    until: at(9),
  });
});
