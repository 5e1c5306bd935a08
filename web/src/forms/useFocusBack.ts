import { useEffect, useState } from 'react';

/** When what uses it goes, the focus is where it was before it came: at the button or field that opened it, if that is still there. */
export function useFocusBack(): void {
  const [opener] = useState(openerNow);
  useEffect(
    () => () => {
      // Whatever has taken the focus meanwhile keeps it.
      const isNowhere = document.activeElement === null || document.activeElement === document.body;
      if (isNowhere && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    },
    [opener],
  );
}

/** An entry of a menu is gone by then: the button that the menu hangs on. */
const openerNow = (): Element | null =>
  document.activeElement?.closest('.ant-dropdown')
    ? document.querySelector('.ant-dropdown-open')
    : document.activeElement;
