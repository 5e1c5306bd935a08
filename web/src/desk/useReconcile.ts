import type { Desk } from '@rexian/contracts';
import { isActive } from '@rexian/softphone';
import { useEffect } from 'react';
import { type DeskSessionState, deskSession } from './session.ts';

/** Long enough for the server's word about an answered or ended call to arrive. */
const GRACE_MS = 5_000;

/**
 * The server ended a call while the phone's WebSocket was away, so its BYE never came: the phone would stay in a dead
 * call. When both disagree for a while, the server is right.
 */
export function useReconcile(desk: Desk | undefined, own: DeskSessionState): void {
  const state = desk?.session?.state;
  const orphan =
    isActive(own.call) &&
    own.phase === 'signed_in' &&
    (state === 'ready' || state === 'not_ready' || state === 'wrap_up');
  useEffect(() => {
    if (!orphan) return;
    const timer = setTimeout(() => deskSession.phone?.hangUp(), GRACE_MS);
    return () => clearTimeout(timer);
  }, [orphan]);
}
