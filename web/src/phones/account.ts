const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

/** What a phone registers at. A server that knows itself only as this very machine is reached as this page is. */
export const registrarText = ({ host, port }: { host: string; port: number }, pageHost: string): string =>
  `${LOOPBACK.test(host) ? pageHost : host}:${port}`;
