import type { KeyboardEvent } from 'react';
import { openable } from './openable.ts';

/** Props of a row that opens as `openable` rows do; up and down go from row to row, the space bar selects one. */
export function selectable(open: () => void, select: (() => void) | null) {
  const props = openable(open);
  return {
    ...props,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      props.onKeyDown(event);
      const { key, target, currentTarget } = event;
      if (target !== currentTarget) return;
      if (key === 'ArrowDown') focusRow(currentTarget.nextElementSibling);
      else if (key === 'ArrowUp') focusRow(currentTarget.previousElementSibling);
      else if (key === ' ') select?.();
      else return;
      event.preventDefault();
    },
  };
}

function focusRow(row: Element | null): void {
  if (row instanceof HTMLElement && row.tabIndex >= 0) row.focus();
}
