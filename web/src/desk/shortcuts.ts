export type ShortcutKey =
  | 'F1'
  | 'F2'
  | 'F3'
  | 'F4'
  | 'F6'
  | 'F7'
  | 'F8'
  | 'F9'
  | 'F10'
  | 'Shift+F3'
  | 'Shift+F8'
  | 'Shift+F9';

/**
 * Function keys that Chromium, Firefox and Edge hand to the page first. F5 (reload), F11 (full screen), F12 (tools) and Shift+F10
 * (context menu) stay theirs.
 */
export const shortcuts: Record<ShortcutKey, string> = {
  F2: '接听',
  F4: '挂机 / 拒接',
  F8: '静音 / 取消静音',
  F9: '保持 / 取保持',
  F6: '转接；磋商中：磋商转',
  F7: '磋商；磋商中：取消磋商',
  F10: '加入成员；磋商中：三方通话',
  'Shift+F8': '转满意度',
  'Shift+F9': '转主菜单',
  'Shift+F3': '键盘',
  F3: '外呼',
  F1: '快捷键一览',
};

type Press = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'repeat'>;

/** The shortcut that was pressed; a key held down acts once. */
export function shortcutOf(press: Press): ShortcutKey | null {
  if (press.repeat || press.altKey || press.ctrlKey || press.metaKey) return null;
  const name = press.shiftKey ? `Shift+${press.key}` : press.key;
  return name in shortcuts ? (name as ShortcutKey) : null;
}

/** As it fits on a button: ⇧F8. */
export const shortKey = (key: ShortcutKey): string => key.replace('Shift+', '⇧');
