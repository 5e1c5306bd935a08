import type { KeyboardEvent } from 'react';

/** Props of a table row that opens on click and, from the keyboard, on Enter. */
export function openable(open: () => void) {
  return {
    tabIndex: 0,
    onClick: open,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === 'Enter' && event.target === event.currentTarget) open();
    },
  };
}
