import { createHash, randomBytes } from 'node:crypto';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** What a carrier offers. */
const plainOffer = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40000 RTP/AVP 0',
  '',
].join('\r\n');

/** What a browser's offer looks like; its DTLS and ICE never come about, the dialplan runs all the same. */
const browserOffer = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 0',
  'c=IN IP4 127.0.0.1',
  'a=rtpmap:0 PCMU/8000',
  'a=setup:actpass',
  'a=mid:0',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  `a=fingerprint:sha-256 ${Array(32).fill('AA').join(':')}`,
  'a=rtcp-mux',
  'a=sendrecv',
  '',
].join('\r\n');

/** `plain`: offers unencrypted audio as a carrier does, not as a browser. */
export type Invite = { from: string; to: string; via?: string; headers?: string[]; password?: string; plain?: boolean };

/**
 * Sends an INVITE over Asterisk's WebSocket, answers one digest challenge when there is a password, and returns the status
 * of the first answer that is neither 100 nor a challenge.
 */
export async function inviteOverWebSocket(httpPort: number, invite: Invite): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${httpPort}/ws`, 'sip');
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  const callId = randomBytes(8).toString('hex');
  try {
    return await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer to the INVITE')), 8_000);
      socket.addEventListener('message', ({ data }) => {
        const status = Number(/^SIP\/2.0 (\d+)/.exec(String(data))?.[1]);
        if (status === 100 || Number.isNaN(status)) return;
        if (status === 401 && invite.password) {
          socket.send(message(invite, callId, 2, authorization(invite, String(data))));
          return;
        }
        clearTimeout(timer);
        resolve(status);
      });
      socket.send(message(invite, callId, 1));
    });
  } finally {
    socket.close();
  }
}

function message(
  { from, to, via = 'WS', headers = [], plain }: Invite,
  callId: string,
  sequence: number,
  auth?: string,
): string {
  const offer = plain ? plainOffer : browserOffer;
  const lines = [
    `INVITE sip:${to}@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/${via} test.invalid;branch=z9hG4bK${callId}${sequence}`,
    `From: <sip:${from}@127.0.0.1>;tag=${callId}`,
    `To: <sip:${to}@127.0.0.1>`,
    `Call-ID: ${callId}`,
    `CSeq: ${sequence} INVITE`,
    `Contact: <sip:${from}@test.invalid;transport=ws>`,
    'Max-Forwards: 70',
    ...headers,
    ...(auth ? [auth] : []),
    'Content-Type: application/sdp',
    `Content-Length: ${offer.length}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${offer}`;
}

function authorization({ from, to, password }: Invite, challenge: string): string {
  const part = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const [realm, nonce, opaque] = [part('realm'), part('nonce'), part('opaque')];
  const uri = `sip:${to}@127.0.0.1`;
  const [nc, cnonce] = ['00000001', '0a4f113b'];
  const first = md5(`${from}:${realm}:${password}`);
  const response = md5(`${first}:${nonce}:${nc}:${cnonce}:auth:${md5(`INVITE:${uri}`)}`);
  return `Authorization: Digest username="${from}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", opaque="${opaque}", algorithm=MD5, qop=auth, nc=${nc}, cnonce="${cnonce}"`;
}
