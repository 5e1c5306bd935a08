import { useEffect } from 'react';

/** The page's name in the browser's tab. */
export function useTitle(name: string): void {
  useEffect(() => {
    document.title = `${name} · 热线 Rexian`;
  }, [name]);
}
