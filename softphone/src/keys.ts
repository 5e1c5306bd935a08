/** Keys as telephone-events (RFC 4733) into a connection. */

const MILLISECONDS = { key: 160, gap: 80 };
/** Keys pressed before the line can carry them: a call is answered a moment before its media are there. */
const early = new WeakMap<RTCPeerConnection, string>();

/** Sends one key behind those that still sound, or as soon as the connection carries any. */
export function sendKey(connection: RTCPeerConnection, key: string): void {
  const before = early.get(connection);
  if (before !== undefined) return void early.set(connection, before + key);
  if (sendKeys(connection, key)) return;
  early.set(connection, key);
  const connected = () => {
    const keys = early.get(connection) ?? '';
    if (connection.connectionState !== 'closed' && !sendKeys(connection, keys)) return;
    connection.removeEventListener('connectionstatechange', connected);
    early.delete(connection);
  };
  connection.addEventListener('connectionstatechange', connected);
}

function sendKeys(connection: RTCPeerConnection, keys: string): boolean {
  const sender = connection.getSenders().find(({ dtmf }) => dtmf?.canInsertDTMF)?.dtmf;
  sender?.insertDTMF(sender.toneBuffer + keys, MILLISECONDS.key, MILLISECONDS.gap);
  return sender !== undefined && sender !== null;
}
