import { App } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { errorText } from './errors.ts';

/** What is heard: an address on this origin, or a file that has just come. */
export type Source = string | Blob;

interface Heard {
  key: string;
  state: 'loading' | 'playing';
}

/**
 * One thing at a time to listen to on a page; each has a key. Asking for what is being heard ends it. What can't be fetched or played is
 * told.
 */
export function useListening() {
  const { message } = App.useApp();
  const [heard, setHeard] = useState<Heard | null>(null);
  const current = useRef<{ audio: HTMLAudioElement; stop(): void } | null>(null);
  const stop = useCallback(() => {
    current.current?.stop();
    current.current = null;
    setHeard(null);
  }, []);
  useEffect(() => () => current.current?.stop(), []);

  const start = useCallback(
    async (key: string, source: () => Source | Promise<Source>) => {
      stop();
      const audio = new Audio();
      const mine = { audio, stop: () => audio.pause() };
      current.current = mine;
      setHeard({ key, state: 'loading' });
      try {
        const what = await source();
        if (current.current !== mine) return;
        const address = typeof what === 'string' ? what : URL.createObjectURL(what);
        mine.stop = () => {
          audio.pause();
          audio.removeAttribute('src');
          if (typeof what !== 'string') URL.revokeObjectURL(address);
        };
        audio.addEventListener('ended', () => current.current === mine && stop());
        audio.src = address;
        await audio.play();
        if (current.current === mine) setHeard({ key, state: 'playing' });
      } catch (error) {
        // Somebody wanted to hear something else meanwhile.
        if (current.current !== mine) return;
        stop();
        void message.error(error instanceof DOMException ? '无法播放，请重试' : errorText(error));
      }
    },
    [stop, message],
  );
  return useMemo(
    () => ({
      stateOf: (key: string) => (heard?.key === key ? heard.state : 'silent'),
      toggle: (key: string, source: () => Source | Promise<Source>) =>
        heard?.key === key ? stop() : void start(key, source),
      stop,
    }),
    [heard, start, stop],
  );
}
