import { useEffect, useRef } from 'react';

/** What the panel does by a key wherever the cursor is. */
export type LookupKey = 'focus' | 'copy' | 'sms' | 'attach' | 'helpful' | 'unhelpful';

/** Alt and these letters are free in Chromium, Edge and Firefox, and beside Alt+Z, Alt+X (registration/keys.ts). */
export const lookupKeys: Record<LookupKey, { code: string; label: string; does: string }> = {
  focus: { code: 'KeyK', label: 'Alt+K', does: '知识检索' },
  copy: { code: 'KeyC', label: 'Alt+C', does: '复制知识内容' },
  sms: { code: 'KeyM', label: 'Alt+M', does: '知识内容发短信' },
  attach: { code: 'KeyW', label: 'Alt+W', does: '知识内容填入答复' },
  helpful: { code: 'KeyY', label: 'Alt+Y', does: '知识有用' },
  unhelpful: { code: 'KeyN', label: 'Alt+N', does: '知识无用' },
};

type Press = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'repeat' | 'isComposing'>;

const plainAlt = ({ repeat, isComposing, ctrlKey, metaKey, shiftKey, altKey }: Press) =>
  altKey && !(repeat || isComposing || ctrlKey || metaKey || shiftKey);

/** By the key's place, for Alt changes what it writes on some machines. */
export function lookupKey(press: Press): LookupKey | null {
  if (!plainAlt(press)) return null;
  const found = Object.entries(lookupKeys).find(([, { code }]) => code === press.code);
  return found ? (found[0] as LookupKey) : null;
}

/** Alt+1 … Alt+9, from 0: tabs of the panel while the cursor is in it. */
export function tabKey(press: Press): number | null {
  const digit = plainAlt(press) ? /^Digit([1-9])$/.exec(press.code) : null;
  return digit ? Number(digit[1]) - 1 : null;
}

/** They work wherever the cursor is, but not in what lies above the page. */
export function useLookupKeys(press: (key: LookupKey) => void): void {
  const now = useRef(press);
  now.current = press;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const key = lookupKey(event);
      if (!key || (event.target instanceof Element && event.target.closest('.ant-modal, .ant-drawer'))) return;
      event.preventDefault();
      now.current(key);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
