/**
 * What platforms tell each other of a call that one hands to the other: headers of the INVITE. Text travels as base64url of its UTF-8
 * (RFC 4648), so that the dialplan can reduce it to harmless letters (engines/asterisk/extensions.conf, rexian-peer) and hand it on in
 * the source of the call, where it outlives a restart of ours. Whoever answers tells the id of their contact in P-Asserted-Identity.
 */
import type { ContactOrigin } from '@rexian/contracts';
import { z } from 'zod';
import type { Ari } from '../engines/asterisk/ari.ts';
import type { CallContext } from './context.ts';
import { persist } from './persist.ts';

/** What the receiver learns of the sender. */
export interface Sent {
  /** Id of the sender's contact. */
  reference: string | null;
  origin: Extract<ContactOrigin, 'direct' | 'province_transfer' | 'city_transfer'>;
  unit: string;
  person: string;
  note: string;
}

/** In characters: what fits into the letters that the dialplan lets through, whatever script it is written in. */
const MOST_UNIT = 60;
const MOST_PERSON = 40;
const MOST_NOTE = 200;

const encoded = (text: string) => Buffer.from(text, 'utf8').toString('base64url');

/** Control characters have no place in a name or a note. */
const decoded = (text: string) =>
  Buffer.from(text, 'base64url')
    .toString('utf8')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
const cut = (text: string, most: number) => [...text].slice(0, most).join('');

export const peerHeaders = ({ reference, origin, unit, person, note }: Sent): Record<string, string> => ({
  ...(reference ? { 'X-Rexian-Reference': reference } : {}),
  'X-Rexian-Origin': origin,
  'X-Rexian-From': `${encoded(cut(unit, MOST_UNIT))}.${encoded(cut(person, MOST_PERSON))}`,
  'X-Rexian-Note': encoded(cut(note, MOST_NOTE)),
});

const origins = ['direct', 'province_transfer', 'city_transfer'] as const;
type PeerOrigin = (typeof origins)[number];
const isOrigin = (text: string): text is PeerOrigin => (origins as readonly string[]).includes(text);

/** The source as the dialplan put it: `peer/<endpoint>/<reference>/<origin>/<unit>.<person>/<note>`; null: no call of a peer. */
export function readPeerSource(source: string): { endpoint: string; sent: Sent } | null {
  const [kind, endpoint, reference = '', origin = '', from = '', note = ''] = source.split('/');
  if (kind !== 'peer' || !endpoint) return null;
  const [unit = '', person = ''] = from.split('.');
  const sent: Sent = {
    reference: z.uuid().safeParse(reference).success ? reference : null,
    // A peer that says nothing else dialled one of our numbers.
    origin: isOrigin(origin) ? origin : 'direct',
    unit: cut(decoded(unit), MOST_UNIT),
    person: cut(decoded(person), MOST_PERSON),
    note: cut(decoded(note), MOST_NOTE),
  };
  return { endpoint, sent };
}

/** Makes the answer to a peer's call carry the id of our contact. Before it is answered. */
export async function tellReference(ari: Ari, channelId: string, contactId: string, dialled: string): Promise<void> {
  // Without a number the identity is not sent.
  for (const [variable, value] of [
    ['CONNECTEDLINE(num)', dialled],
    ['CONNECTEDLINE(name)', contactId],
  ] as const)
    await ari.attempt('channels.setChannelVar', { channelId, variable, value });
}

/** A peer has answered on this channel: keeps the id of the contact in which the caller goes on there, when it tells one. */
export async function goneOnAt({ ari, db, log, contactId }: CallContext, channelId: string): Promise<void> {
  const variable = 'PJSIP_RESPONSE_HEADER(read,P-Asserted-Identity)';
  const told = await ari.attempt('channels.getChannelVar', { channelId, variable }).catch(() => null);
  const [reference] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(told?.value ?? '') ?? [];
  if (!reference) return;
  await persist(log, () =>
    db.updateTable('contacts').set({ remote_next: reference }).where('id', '=', contactId).execute(),
  );
}
