import { describe, expect, it } from 'vitest';
import { shortcutOf } from './phoneActions.ts';

const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, repeat: false };

describe('shortcuts', () => {
  it('takes the plain function keys', () => {
    expect(shortcutOf({ ...plain, key: 'F2' })).toBe('F2');
    expect(shortcutOf({ ...plain, key: 'F9' })).toBe('F9');
  });
  it('leaves the browser its own: Ctrl+F4 closes a tab, Alt+F4 a window', () => {
    expect(shortcutOf({ ...plain, key: 'F4', ctrlKey: true })).toBeNull();
    expect(shortcutOf({ ...plain, key: 'F4', altKey: true })).toBeNull();
    expect(shortcutOf({ ...plain, key: 'F5' })).toBeNull();
  });
  it('acts once for a key held down', () => {
    expect(shortcutOf({ ...plain, key: 'F9', repeat: true })).toBeNull();
  });
});
