import { describe, expect, it } from 'vitest';
import { shortcutOf } from './shortcuts.ts';

const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, repeat: false };

describe('shortcuts', () => {
  it('takes plain and shifted function keys', () => {
    expect(shortcutOf({ ...plain, key: 'F2' })).toBe('F2');
    expect(shortcutOf({ ...plain, key: 'F10' })).toBe('F10');
    expect(shortcutOf({ ...plain, key: 'F9', shiftKey: true })).toBe('Shift+F9');
  });
  it('leaves the browser its own: Ctrl+F4 closes a tab, Alt+F4 a window, F5 reloads, Shift+F10 opens the context menu', () => {
    expect(shortcutOf({ ...plain, key: 'F4', ctrlKey: true })).toBeNull();
    expect(shortcutOf({ ...plain, key: 'F4', altKey: true })).toBeNull();
    expect(shortcutOf({ ...plain, key: 'F5' })).toBeNull();
    expect(shortcutOf({ ...plain, key: 'F12' })).toBeNull();
    expect(shortcutOf({ ...plain, key: 'F10', shiftKey: true })).toBeNull();
  });
  it('acts once for a key held down', () => {
    expect(shortcutOf({ ...plain, key: 'F9', repeat: true })).toBeNull();
  });
});
