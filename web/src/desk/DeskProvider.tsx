import type { Desk, PhoneKind } from '@rexian/contracts';
import { isActive } from '@rexian/softphone';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo } from 'react';
import { api, client } from '../platform/api.ts';
import { learnServerTime } from '../platform/clock.tsx';
import { errorCode, errorText } from '../platform/errors.ts';
import { realtime } from '../platform/realtime.ts';
import { useStore } from '../platform/store.ts';
import { sweepDrafts } from './draft.ts';
import { type DeskSessionState, deskSession } from './session.ts';
import { useAttention } from './useAttention.ts';
import { useReconcile } from './useReconcile.ts';

type DeskContext = {
  /** The desk as the server sees it; undefined until the first answer. */
  desk: Desk | undefined;
  /** What this page is and what its phone does. */
  own: DeskSessionState;
  signIn(kind: PhoneKind): Promise<void>;
  signOut(): Promise<void>;
  /** Runs a verb of the desk with this page's session; failures are shown. Answers whether it went through. */
  act(verb: (sessionId: string) => Promise<unknown>): Promise<boolean>;
};

const Context = createContext<DeskContext | null>(null);

export function useDesk(): DeskContext {
  const context = use(Context);
  if (!context) throw new Error('useDesk outside of DeskProvider');
  return context;
}

function useDeskQuery() {
  const link = useStore(realtime.link);
  return useQuery({
    queryKey: api.desk.get.queryKey(),
    queryFn: async ({ signal }) => {
      const askedAt = performance.now();
      const desk = await client.desk.get(undefined, { signal });
      learnServerTime(desk.serverTime);
      return Object.assign(desk, { askedAt });
    },
    // Messages bring changes at once; this only heals what a message lost.
    refetchInterval: link === 'up' ? 15_000 : 3_000,
    refetchIntervalInBackground: true,
    structuralSharing: false,
  });
}

export function DeskProvider({ children }: { children: ReactNode }) {
  const { data } = useDeskQuery();
  const own = useStore(deskSession.store);
  const { message } = App.useApp();
  const queryClient = useQueryClient();

  const refetch = useCallback(
    () => queryClient.invalidateQueries({ queryKey: api.desk.get.key() }, { cancelRefetch: true }),
    [queryClient],
  );
  const fail = useCallback(
    (error: unknown) => {
      if (errorCode(error) === 'TAKEN_OVER') deskSession.takenOver();
      void message.error(errorText(error));
    },
    [message],
  );
  const signIn = useCallback(
    async (kind: PhoneKind) => {
      try {
        await deskSession.signIn(kind);
      } catch (error) {
        fail(error);
      }
      await refetch();
    },
    [fail, refetch],
  );
  const signOut = useCallback(async () => {
    try {
      await deskSession.signOut();
    } catch (error) {
      fail(error);
    }
    await refetch();
  }, [fail, refetch]);
  const act = useCallback(
    async (verb: (sessionId: string) => Promise<unknown>) => {
      const { sessionId } = deskSession.store.get();
      if (!sessionId) return false;
      try {
        await verb(sessionId);
        return true;
      } catch (error) {
        fail(error);
        return false;
      } finally {
        void refetch();
      }
    },
    [fail, refetch],
  );

  useEffect(() => {
    if (!data) return;
    if (deskSession.observe(data.session, data.askedAt) === 'resume') void signIn(data.session?.phoneKind ?? 'browser');
  }, [data, signIn]);
  useEffect(() => {
    sweepDrafts();
    return () => deskSession.forget();
  }, []);
  useSoundUnlock();
  useLeaveGuard(isActive(own.call));

  const value = useMemo(() => ({ desk: data, own, signIn, signOut, act }), [data, own, signIn, signOut, act]);
  useAttention(value.desk, own);
  useReconcile(value.desk, own);
  return <Context value={value}>{children}</Context>;
}

/** After a reload browsers keep sound off until the person touches the page. */
function useSoundUnlock(): void {
  useEffect(() => {
    const unlock = () => deskSession.unlockSound();
    addEventListener('pointerdown', unlock);
    addEventListener('keydown', unlock);
    return () => {
      removeEventListener('pointerdown', unlock);
      removeEventListener('keydown', unlock);
    };
  }, []);
}

/** A reload interrupts the talk, closing the page ends it: ask first. */
function useLeaveGuard(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [active]);
}
