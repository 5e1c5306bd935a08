import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { serverNow } from '../../platform/clock.ts';

/**
 * When the page is being printed, by button or by key. `foot` stands at the foot of every sheet, beside the number of the sheet: margins of
 * sheets are styled by rules alone, so it is one, for as long as it prints.
 */
export function usePrinting(foot: (at: Date) => string): Date {
  const [at, setAt] = useState(() => new Date(serverNow()));
  useEffect(() => {
    const rules = new CSSStyleSheet();
    const begin = () => {
      const now = new Date(serverNow());
      flushSync(() => setAt(now));
      rules.replaceSync(`@page { @bottom-left { content: ${quoted(foot(now))}; } }`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
    };
    const end = () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== rules);
    };
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
      end();
    };
  }, [foot]);
  return at;
}

/** As a string of CSS. */
const quoted = (text: string): string => `"${text.replace(/["\\\n]/g, ' ')}"`;
