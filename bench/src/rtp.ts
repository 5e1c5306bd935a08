/** RTP as a telephone sends it: G.711 A-law in packets of 20 ms, keys as RFC 4733 events. */

export const PACKET_MS = 20;
/** Of a packet: one byte each. */
export const SAMPLES = 160;
export const AUDIO_TYPE = 8;
export const EVENT_TYPE = 101;
/** The end of a key is sent three times (RFC 4733, 2.5.1.4). */
export const END_PACKETS = 3;
const VOLUME = 10;

/** `duration` in samples so far. */
export function eventPayload(key: string, end: boolean, duration: number): Uint8Array {
  const code = '0123456789*#'.indexOf(key);
  if (code < 0 || key.length !== 1) throw new Error(`'${key}' is no telephone key`);
  const payload = Buffer.alloc(4);
  payload[0] = code;
  payload[1] = (end ? 0x80 : 0) | VOLUME;
  payload.writeUInt16BE(duration, 2);
  return payload;
}

export interface RtpPacket {
  type: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
  payload: Uint8Array;
}

export function rtpPacket({ type, marker, sequence, timestamp, ssrc, payload }: RtpPacket): Buffer {
  const head = Buffer.alloc(12);
  head[0] = 0x80;
  head[1] = (marker ? 0x80 : 0) | type;
  head.writeUInt16BE(sequence & 0xffff, 2);
  head.writeUInt32BE(timestamp >>> 0, 4);
  head.writeUInt32BE(ssrc >>> 0, 8);
  return Buffer.concat([head, payload]);
}
