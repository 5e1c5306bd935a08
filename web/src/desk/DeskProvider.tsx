import type { Desk, PhoneChoice } from '@rexian/contracts';
import { isActive } from '@rexian/softphone';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { api, client } from '../platform/api.ts';
import { learnServerTime } from '../platform/clock.ts';
import { type Dialled, type Dialling, DiallingProvider } from '../platform/dialling.tsx';
import { errorCode, errorText } from '../platform/errors.ts';
import { realtime } from '../platform/realtime.ts';
import { useStore } from '../platform/store.ts';
import { sweepDrafts } from './draft.ts';
import { pageTones } from './pageTones.ts';
import { type DeskSessionState, deskSession } from './session.ts';
import { SignInDialog } from './signin/SignInDialog.tsx';
import { useAttention } from './useAttention.ts';
import { useMuteFollowsServer } from './useMuteFollowsServer.ts';
import { useReconcile } from './useReconcile.ts';
import { phoneBar } from './verbs.ts';

type DeskContext = {
  /** The desk as the server sees it; undefined until the first answer. */
  desk: Desk | undefined;
  /** What this page is and what its phone does. */
  own: DeskSessionState;
  /** Opens the dialog that asks for the phone. */
  openSignIn(): void;
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

/** Whether a call asks for the viewer right now; never where there is no desk. */
export function useRings(): boolean {
  const context = use(Context);
  if (context?.own.phase !== 'signed_in') return false;
  return context.own.call.state === 'ringing' || context.desk?.contact?.legState === 'ringing';
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
  const { signIn, signOut, act } = useDeskActions();
  const [asking, setAsking] = useState(false);

  useEffect(() => {
    if (!data) return;
    // Only a browser phone has to be opened again after a reload.
    if (deskSession.observe(data.session, data.askedAt) === 'resume')
      void signIn({ kind: 'browser' }, data.session?.autoAnswer ?? false);
  }, [data, signIn]);
  useEffect(() => {
    sweepDrafts();
    return () => deskSession.forget();
  }, []);
  useSoundUnlock();
  useLeaveGuard(isActive(own.call));

  const value = useMemo(
    () => ({ desk: data, own, openSignIn: () => setAsking(true), signOut, act }),
    [data, own, signOut, act],
  );
  const dialling = useDialling(data, own, act);
  useAttention(value.desk, own);
  useReconcile(value.desk, own);
  useMuteFollowsServer(data?.contact, own.call.state === 'talking');
  return (
    <Context value={value}>
      <DiallingProvider value={dialling}>{children}</DiallingProvider>
      <SignInDialog open={asking} onClose={() => setAsking(false)} onSignIn={signIn} />
    </Context>
  );
}

/** Calling somebody, from the desk or from a record on any page; null for those who may not. */
function useDialling(desk: Desk | undefined, own: DeskSessionState, act: DeskContext['act']): Dialling | null {
  const allowed = may(useViewer(), 'calls.dial');
  const blockedBy = phoneBar(desk, own).dial.reason;
  const navigate = useNavigate();
  const dial = useCallback(
    async (whom: Dialled) => {
      const begun = await act((sessionId) => client.desk.dial({ sessionId, ...whom }));
      // The call card and the wrap-up are there, wherever the number was found.
      if (begun) await navigate('/desk');
      return begun;
    },
    [act, navigate],
  );
  return useMemo(() => (allowed ? { blockedBy, dial } : null), [allowed, blockedBy, dial]);
}

/** Signing in and out and the verbs of the desk; what is refused is told. */
function useDeskActions() {
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
    async (phone: PhoneChoice, autoAnswer: boolean) => {
      try {
        await deskSession.signIn(phone, autoAnswer);
        return true;
      } catch (error) {
        fail(error);
        return false;
      } finally {
        await refetch();
      }
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
  return { signIn, signOut, act };
}

/** After a reload browsers keep sound off until the person touches the page. */
function useSoundUnlock(): void {
  useEffect(() => {
    const unlock = () => {
      pageTones.unlock();
      deskSession.unlockSound();
    };
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
