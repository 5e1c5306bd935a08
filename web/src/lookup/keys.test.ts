import { expect, it } from 'vitest';
import { shortcutOf } from '../desk/shortcuts.ts';
import { registrationKey } from '../registration/keys.ts';
import { lookupKey, lookupKeys, tabKey } from './keys.ts';

const press = (code: string, held: Partial<Parameters<typeof lookupKey>[0]> = {}) => ({
  ...{ code, key: code, ctrlKey: false, altKey: true, metaKey: false, shiftKey: false, repeat: false },
  ...{ isComposing: false, ...held },
});

it('has keys that neither the phone nor the registration has, and that write nothing', () => {
  for (const [name, { code, label }] of Object.entries(lookupKeys)) {
    expect(lookupKey(press(code)), label).toBe(name);
    expect(registrationKey(press(code)), label).toBeNull();
    expect(shortcutOf(press(code)), label).toBeNull();
    expect(label).toBe(`Alt+${code.replace('Key', '')}`);
    for (const held of [{ altKey: false }, { ctrlKey: true }, { shiftKey: true }, { repeat: true }])
      expect(lookupKey(press(code, held)), JSON.stringify(held)).toBeNull();
    expect(lookupKey(press(code, { isComposing: true }))).toBeNull();
  }
  expect([press('KeyZ'), press('KeyX'), press('F2', { altKey: false })].map(lookupKey)).toEqual([null, null, null]);
});

it('counts tabs from the first', () => {
  expect([press('Digit1'), press('Digit9'), press('Digit0'), press('Digit1', { altKey: false })].map(tabKey)).toEqual([
    ...[0, 8, null, null],
  ]);
});
