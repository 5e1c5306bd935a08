/** Requests as no well-behaved client sends them. */
import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends these bytes, piece by piece, and resolves with everything that the server says until it closes. */
export async function sendRaw(url: string, pieces: (string | Buffer)[], pauseMs = 0): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const heard: Buffer[] = [];
  socket.on('data', (chunk) => heard.push(chunk));
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  for (const piece of pieces) {
    if (socket.destroyed) break;
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  const deadline = setTimeout(() => socket.destroy(), 10_000);
  await closed;
  clearTimeout(deadline);
  return Buffer.concat(heard).toString();
}
