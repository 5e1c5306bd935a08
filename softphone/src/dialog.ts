import type { RTCSession } from 'jssip/lib/RTCSession';

/** JsSIP's in-dialog request, which its type declarations leave out. */
type DialogSession = RTCSession & {
  sendRequest(
    method: string,
    options: {
      extraHeaders: string[];
      eventHandlers: Record<
        'onSuccessResponse' | 'onErrorResponse' | 'onRequestTimeout' | 'onTransportError' | 'onDialogError',
        () => void
      >;
    },
  ): unknown;
};

/**
 * Tells the server that this call is now reached over another WebSocket (UPDATE as a target refresh, RFC 3311): without it the
 * server's BYE would go to the lost one and the page would stay in a dead call.
 * @param gone called when the server no longer knows the call: it ended meanwhile
 */
export function refreshTarget(session: RTCSession, gone: () => void): void {
  const nothing = () => {};
  (session as DialogSession).sendRequest('UPDATE', {
    extraHeaders: [`Contact: ${session.contact}`],
    eventHandlers: {
      onSuccessResponse: nothing,
      onErrorResponse: nothing,
      onRequestTimeout: nothing,
      onTransportError: nothing,
      onDialogError: gone,
    },
  });
}

/** How long gathering may go on after the first candidate; ours are host candidates only, ready at once. */
const GATHERING_MS = 300;

/** Does not wait for the network interfaces that never answer. */
export function hastenGathering(session: RTCSession): void {
  let gathering = false;
  session.on('icecandidate', ({ ready }) => {
    if (!gathering) setTimeout(ready, GATHERING_MS);
    gathering = true;
  });
}
