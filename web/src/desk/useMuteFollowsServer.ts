import type { DeskContact } from '@rexian/contracts';
import { useEffect } from 'react';
import { deskSession } from './session.ts';

/** The server may mute as well (by API, after a reload): the microphone at hand follows its news. */
export function useMuteFollowsServer(contact: DeskContact | null | undefined, talking: boolean): void {
  const muted = contact?.muted;
  useEffect(() => {
    if (talking && muted !== undefined) deskSession.phone?.mute(muted);
  }, [muted, talking]);
}
