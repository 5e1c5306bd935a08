/** A phone as PJSIP knows it: endpoint, address of record and digest account, pushed through ARI's dynamic configuration. */
import { createHash, randomUUID } from 'node:crypto';
import type { Ari } from '../engines/asterisk/ari.ts';
import type { AriEvent } from '../engines/asterisk/generated/ari.ts';

export interface PhoneAccess {
  /** Name of the endpoint, its address of record and its digest user. */
  name: string;
  password: string;
  kind: 'browser' | 'sip';
}

/** Names of endpoints that are ours to make and take away. */
export const isPhoneName = (name: string) => /^(web|sip)-/.test(name);

/**
 * OPTIONS to a phone every so many seconds, and how long its answer may take: a closed laptop keeps its connection open, and is noticed
 * when one of them stays unanswered. In 2.5 s a lost datagram is sent three times.
 */
const QUALIFY = { qualify_frequency: '3', qualify_timeout: '2.5' };
const addressOfRecord = {
  max_contacts: '1',
  remove_existing: 'yes',
  support_path: 'yes',
  minimum_expiration: '30',
  maximum_expiration: '300',
};
/** A browser that dies says no goodbye: seconds without sound after which its call is over. */
const RTP_TIMEOUT_SECONDS = '10';
const browserPhone = { webrtc: 'yes', allow: 'opus,alaw,ulaw', rtp_timeout: RTP_TIMEOUT_SECONDS };
const ipPhone = { allow: 'alaw,ulaw', rtp_symmetric: 'yes', force_rport: 'yes', rewrite_contact: 'yes' };

export async function putPhone(ari: Ari, { name, password, kind }: PhoneAccess): Promise<void> {
  await putObject(ari, 'auth', name, { auth_type: 'userpass', username: name, password });
  await putObject(ari, 'aor', name, { ...addressOfRecord, ...QUALIFY });
  await putObject(ari, 'endpoint', name, {
    // Before the codecs, which it would take away again.
    disallow: 'all',
    ...(kind === 'browser' ? browserPhone : ipPhone),
    aors: name,
    auth: name,
    context: 'rexian-phone',
    identify_by: 'username',
    direct_media: 'no',
    dtmf_mode: 'rfc4733',
    // No re-INVITE in the middle of a talk to say who the other side is: the screen knows.
    send_connected_line: 'no',
    tone_zone: 'cn',
  });
  const eventSource = [`deviceState:PJSIP/${name}`];
  await ari.attempt('applications.subscribe', { applicationName: ari.app, eventSource });
}

export async function removePhone(ari: Ari, name: string): Promise<void> {
  const eventSource = [`deviceState:PJSIP/${name}`];
  await ari.attempt('applications.unsubscribe', { applicationName: ari.app, eventSource });
  for (const objectType of ['endpoint', 'aor', 'auth'])
    await ari.attempt('asterisk.deleteObject', { configClass: 'res_pjsip', objectType, id: name });
}

/** Whether a phone of that name is there with another password than this. */
export async function hasOtherPassword(ari: Ari, name: string, password: string): Promise<boolean> {
  const found = await ari.attempt('asterisk.getObject', { configClass: 'res_pjsip', objectType: 'auth', id: name });
  return found?.some(({ attribute, value }) => attribute === 'password' && value !== password) ?? false;
}

const CONTACT_MS = 1_000;

/**
 * Ends the registration of a phone whose account is no longer right, and takes it away. Asterisk keeps a registration until it runs
 * out, whatever becomes of the account, and tells nobody where it leads; only the end of its supervision is told with the address, of
 * which the registration's name is made. Not for a phone in a call.
 */
export async function cutOff(ari: Ari, name: string): Promise<void> {
  const eventSource = [`endpoint:PJSIP/${name}`];
  const endpointEvents = { applicationName: ari.app, eventSource };
  // From here on nobody registers again.
  await putObject(ari, 'auth', name, { auth_type: 'userpass', username: name, password: randomUUID() });
  if (await ari.attempt('applications.subscribe', endpointEvents)) {
    const told = contactOf(ari, name);
    await putObject(ari, 'aor', name, { ...addressOfRecord, qualify_frequency: '0' });
    const uri = await told;
    await ari.attempt('applications.unsubscribe', endpointEvents);
    const id = `${name};@${createHash('md5')
      .update(uri ?? '')
      .digest('hex')}`;
    if (uri) await ari.attempt('asterisk.deleteObject', { configClass: 'res_pjsip', objectType: 'contact', id });
  }
  await removePhone(ari, name);
}

/** The address that a phone is registered with, as the next event tells it; null: it isn't. */
function contactOf(ari: Ari, name: string): Promise<string | null> {
  return new Promise((resolve) => {
    const finish = (uri: string | null) => {
      clearTimeout(timer);
      ari.off('event', onEvent);
      resolve(uri);
    };
    const onEvent = (event: AriEvent) => {
      if (event.type === 'ContactStatusChange' && event.contact_info.aor === name) finish(event.contact_info.uri);
    };
    const timer = setTimeout(() => finish(null), CONTACT_MS);
    ari.on('event', onEvent);
  });
}

/** Makes or changes an object of PJSIP, in memory. */
export async function putObject(
  ari: Ari,
  objectType: string,
  id: string,
  values: Record<string, string>,
): Promise<void> {
  const fields = Object.entries(values).map(([attribute, value]) => ({ attribute, value }));
  await ari.request('asterisk.updateObject', { configClass: 'res_pjsip', objectType, id, fields });
}
