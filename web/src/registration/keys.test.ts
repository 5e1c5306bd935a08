import { expect, it } from 'vitest';
import { shortcutOf } from '../desk/shortcuts.ts';
import { registrationKey } from './keys.ts';

const press = (code: string, held: Partial<Parameters<typeof registrationKey>[0]> = {}) => ({
  ...{ code, key: code, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, repeat: false },
  ...{ isComposing: false, ...held },
});

it('tells its keys from those of the phone, of writing and of an input method', () => {
  const alt = { altKey: true };
  expect(registrationKey(press('Enter', { ctrlKey: true }))).toBe('finish');
  expect(registrationKey(press('Enter', { ctrlKey: true, shiftKey: true }))).toBe('finish');
  expect(registrationKey(press('NumpadEnter', alt))).toBe('handOn');
  expect(registrationKey(press('KeyZ', alt))).toBe('keep');
  expect(registrationKey(press('KeyX', alt))).toBe('wrapUp');
  for (const held of [alt, { ctrlKey: true }]) expect(shortcutOf(press('Enter', held))).toBe(null);
  for (const other of [press('Enter'), press('KeyZ', { ctrlKey: true }), press('F4')])
    expect(registrationKey(other)).toBe(null);
  expect(registrationKey(press('Enter', { ctrlKey: true, isComposing: true }))).toBe(null);
  expect(registrationKey(press('Enter', { ctrlKey: true, repeat: true }))).toBe(null);
});
