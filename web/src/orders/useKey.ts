import { useEffect, useRef } from 'react';

/** Keys of the workbench; function keys belong to the telephone. */
export type Key = `Alt+${string}` | 'Ctrl+Enter';

/** Acts on the key wherever the cursor is, but not below a dialog; `act` null: it has no meaning now. */
export function useKey(key: Key, act: (() => unknown) | null): void {
  const now = useRef(act);
  now.current = act;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.repeat || keyOf(event) !== key || !now.current || isCovered()) return;
      event.preventDefault();
      void now.current();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [key]);
}

/** By the place of the key: with Alt some keyboards write other signs. */
function keyOf({ altKey, ctrlKey, metaKey, shiftKey, code, key }: KeyboardEvent): string | null {
  if (key === 'Enter' && (ctrlKey || metaKey) && !altKey) return 'Ctrl+Enter';
  if (!altKey || ctrlKey || metaKey || shiftKey) return null;
  return `Alt+${code.replace(/^(?:Key|Digit)/, '')}`;
}

const isCovered = () =>
  document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null;
