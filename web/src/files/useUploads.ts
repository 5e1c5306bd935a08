import type { StoredFile } from '@rexian/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { newUuid } from '../platform/newUuid.ts';
import { RefusedFile, refusedBefore, upload } from './upload.ts';

/** A file on its way, or one that didn't arrive. */
export interface Upload {
  key: string;
  file: File;
  /** 0…1. */
  done: number;
  /** null: none yet. */
  error: string | null;
  /** Sending it again may help. */
  retry: boolean;
}

/** Sends files one after the other; each is handed to `onTaken` as it arrives. Leaving the page ends what is on its way. */
export function useUploads(onTaken: (file: StoredFile) => void) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const taken = useRef(onTaken);
  taken.current = onTaken;
  const line = useRef(Promise.resolve());
  const running = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const all = running.current;
    return () => {
      for (const sending of all.values()) sending.abort();
      all.clear();
    };
  }, []);

  const change = useCallback(
    (key: string, changed: Partial<Upload>) =>
      setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...changed } : each))),
    [],
  );
  const drop = useCallback((key: string) => {
    running.current.get(key)?.abort();
    running.current.delete(key);
    setUploads((all) => all.filter((each) => each.key !== key));
  }, []);
  const send = useCallback(
    (key: string, file: File) => {
      const sending = new AbortController();
      running.current.set(key, sending);
      const run = async () => {
        if (sending.signal.aborted) return;
        try {
          const stored = await upload(file, (done) => change(key, { done }), sending.signal);
          if (!running.current.has(key)) return;
          taken.current(stored);
          drop(key);
        } catch (error) {
          change(key, { error: (error as Error).message, retry: !(error instanceof RefusedFile) });
        }
      };
      line.current = line.current.then(() => {
        const ended = new Promise<void>((resolve) => sending.signal.addEventListener('abort', () => resolve()));
        return Promise.race([run(), ended]);
      });
    },
    [change, drop],
  );

  return {
    uploads,
    drop,
    add: (files: readonly File[]) => {
      const added = files.map((file): Upload => {
        return { key: newUuid(), file, done: 0, error: refusedBefore(file), retry: false };
      });
      setUploads((all) => [...all, ...added]);
      for (const { key, file, error } of added) if (error === null) send(key, file);
    },
    again: ({ key, file }: Upload) => {
      change(key, { error: null, done: 0 });
      send(key, file);
    },
  };
}
