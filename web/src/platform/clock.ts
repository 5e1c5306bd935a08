import { useSyncExternalStore } from 'react';

let offset = 0;

/** Told by every answer that carries the server's time: this machine's clock may be minutes off. */
export function learnServerTime(serverTime: Date): void {
  offset = serverTime.getTime() - Date.now();
}

export function serverNow(): number {
  return Date.now() + offset;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let second = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    second++;
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/** Renders the component again once a second; all tick together. Returns the server's time in epoch milliseconds. */
export function useServerNow(): number {
  useSyncExternalStore(subscribe, () => second);
  return serverNow();
}
