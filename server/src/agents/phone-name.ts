/**
 * Name of a browser phone's PJSIP endpoint, address of record and digest user: one for each desk session, so that a registration
 * always belongs to the page that owns the desk now, never to the one before it. (IP phones have names of their own: `devices`.)
 */
export function phoneName(login: string, owner: string): string {
  return `web-${login}-${owner.slice(-8)}`;
}
