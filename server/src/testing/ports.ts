import { createServer } from 'node:net';

/** The first of these ports that nobody listens at: several runs may go on at once. */
export async function freePort(ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    const probe = createServer();
    const free = await new Promise<boolean>((done) => {
      probe.once('error', () => done(false));
      probe.listen(port, '127.0.0.1', () => done(true));
    });
    await new Promise((closed) => probe.close(closed));
    if (free) return port;
  }
  throw new Error(`no port is free among ${ports.join(', ')}`);
}
