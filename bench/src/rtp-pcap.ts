/** Writes an RTP stream as the pcap file that SIPp plays: A-law audio with RFC 4733 digits in the same stream. */
import { AUDIO_TYPE, END_PACKETS, EVENT_TYPE, eventPayload, PACKET_MS, rtpPacket, SAMPLES } from './rtp.ts';

export interface Digit {
  key: string;
  atMs: number;
}

export interface RtpStream {
  /** G.711 A-law, 8000 bytes a second. */
  audio: Uint8Array;
  digits: readonly Digit[];
  ssrc: number;
}

/** How long a digit lasts. */
const EVENT_PACKETS = 8;

export function rtpPcap(stream: RtpStream): Buffer {
  const parts = [fileHeader()];
  const packets = Math.floor(stream.audio.length / SAMPLES);
  let sequence = 1;
  const add = (atMs: number, type: number, marker: boolean, timestamp: number, payload: Uint8Array): void => {
    const rtp = rtpPacket({ type, marker, sequence, timestamp, ssrc: stream.ssrc, payload });
    parts.push(frame(atMs, rtp));
    sequence += 1;
  };
  for (let index = 0; index < packets; index += 1) {
    const atMs = index * PACKET_MS;
    const digit = stream.digits.find((one) => atMs >= one.atMs && atMs < one.atMs + EVENT_PACKETS * PACKET_MS);
    if (!digit) {
      add(
        atMs,
        AUDIO_TYPE,
        index === 0,
        index * SAMPLES,
        stream.audio.subarray(index * SAMPLES, (index + 1) * SAMPLES),
      );
      continue;
    }
    const step = index - Math.ceil(digit.atMs / PACKET_MS);
    const start = (index - step) * SAMPLES;
    const last = step === EVENT_PACKETS - 1;
    const payload = eventPayload(digit.key, last, (step + 1) * SAMPLES);
    for (let copy = 0; copy < (last ? END_PACKETS : 1); copy += 1) add(atMs, EVENT_TYPE, step === 0, start, payload);
  }
  return Buffer.concat(parts);
}

function fileHeader(): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65_535, 16);
  // Link type: Ethernet.
  head.writeUInt32LE(1, 20);
  return head;
}

/** Ethernet, IPv4 and UDP around it; SIPp replaces addresses, ports and checksums by its own. */
function frame(atMs: number, rtp: Buffer): Buffer {
  const length = 14 + 20 + 8 + rtp.length;
  const record = Buffer.alloc(16);
  record.writeUInt32LE(Math.floor(atMs / 1000), 0);
  record.writeUInt32LE((atMs % 1000) * 1000, 4);
  record.writeUInt32LE(length, 8);
  record.writeUInt32LE(length, 12);
  const head = Buffer.alloc(42);
  head.writeUInt16BE(0x0800, 12);
  head[14] = 0x45;
  head.writeUInt16BE(20 + 8 + rtp.length, 16);
  head[22] = 64;
  head[23] = 17;
  head.writeUInt32BE(0x7f000001, 26);
  head.writeUInt32BE(0x7f000001, 30);
  head.writeUInt16BE(6000, 34);
  head.writeUInt16BE(6002, 36);
  head.writeUInt16BE(8 + rtp.length, 38);
  return Buffer.concat([record, head, rtp]);
}
