import { useEffect, useRef } from 'react';
import { shortcutOf } from './shortcuts.ts';
import type { BarButton, BarPlace } from './verbs.ts';

/** Function keys of the phone bar: they work wherever the cursor is. */
export function useShortcuts(
  bar: Record<BarPlace, BarButton>,
  press: (place: BarPlace) => void,
  help: () => void,
): void {
  const now = useRef({ bar, press, help });
  now.current = { bar, press, help };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const key = shortcutOf(event);
      if (!key) return;
      event.preventDefault();
      if (key === 'F1') return now.current.help();
      const button = Object.values(now.current.bar).find(({ shortcut }) => shortcut === key);
      if (button) now.current.press(button.place);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
