import { describe, expect, it } from 'vitest';
import { arrivedShare } from './media-watch.ts';
import { fault, type Heard, measure, tone } from './recording-check.ts';
import { rtpPcap } from './rtp-pcap.ts';
import { PILOT } from './speech.ts';

/** Splits a pcap file into RTP packets with their time in ms. */
function packets(pcap: Buffer): { at: number; type: number; timestamp: number; sequence: number; payload: Buffer }[] {
  const found = [];
  for (let at = 24; at < pcap.length; ) {
    const length = pcap.readUInt32LE(at + 8);
    const rtp = pcap.subarray(at + 16 + 42, at + 16 + length);
    found.push({
      at: pcap.readUInt32LE(at) * 1000 + pcap.readUInt32LE(at + 4) / 1000,
      type: (rtp[1] ?? 0) & 0x7f,
      sequence: rtp.readUInt16BE(2),
      timestamp: rtp.readUInt32BE(4),
      payload: rtp.subarray(12),
    });
    at += 16 + length;
  }
  return found;
}

describe('the RTP stream for SIPp', () => {
  const stream = packets(
    rtpPcap({ audio: new Uint8Array(8_000).fill(0xd5), digits: [{ key: '#', atMs: 400 }], ssrc: 7 }),
  );

  it('carries audio every 20 ms, numbered without gaps', () => {
    expect(stream.filter(({ type }) => type === 8)).toHaveLength(50 - 8);
    expect(stream.map(({ sequence }) => sequence)).toEqual(stream.map((_, index) => index + 1));
    expect(stream.at(-1)).toMatchObject({ at: 980, timestamp: 49 * 160 });
  });

  it('carries a digit as one RFC 4733 event whose end is sent three times', () => {
    const events = stream.filter(({ type }) => type === 101);
    expect(new Set(events.map(({ timestamp }) => timestamp))).toEqual(new Set([20 * 160]));
    expect(events.every(({ payload }) => payload[0] === 11)).toBe(true);
    expect(events.map(({ payload }) => (payload[1] ?? 0) >> 7)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
    expect(events.at(-1)?.payload.readUInt16BE(2)).toBe(8 * 160);
  });
});

/** A stereo WAV of 8 kHz with one tone on each side. */
function wav(seconds: number, left: number, right: number): Buffer {
  const frames = seconds * 8_000;
  const data = Buffer.alloc(frames * 4);
  for (let frame = 0; frame < frames; frame += 1) {
    const at = (frequency: number) => Math.round(3_000 * Math.sin((2 * Math.PI * frequency * frame) / 8_000));
    data.writeInt16LE(left ? at(left) : 0, frame * 4);
    data.writeInt16LE(right ? at(right) : 0, frame * 4 + 2);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF\0\0\0\0WAVEfmt ', 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(8_000, 24);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

describe('the check of a recording', () => {
  it('accepts caller left and agent right, as long as the talk', () => {
    const heard: Heard = measure(wav(4, PILOT.caller, PILOT.agent));
    expect(heard).toMatchObject({ channels: 2, durationMs: 4_000 });
    expect(fault(heard, 4_300)).toBeNull();
  });

  it('refuses exchanged or silent channels and a wrong length', () => {
    expect(fault(measure(wav(4, PILOT.agent, PILOT.caller)), 4_000)).toMatch(/left/);
    expect(fault(measure(wav(4, 0, PILOT.agent)), 4_000)).toMatch(/silent/);
    expect(fault(measure(wav(4, PILOT.caller, 0)), 4_000)).toMatch(/silent/);
    expect(fault(measure(wav(4, PILOT.caller, PILOT.agent)), 9_000)).toMatch(/-5000 ms/);
    expect(fault(measure(wav(4, PILOT.caller, PILOT.agent)), 1_000)).toMatch(/3000 ms/);
    expect(fault(measure(wav(4, PILOT.caller, PILOT.agent)), 1_000, 3_000)).toBeNull();
  });

  it('finds the amplitude of a tone', () => {
    const samples = Float64Array.from(
      { length: 8_000 },
      (_, index) => 0.5 * Math.sin((2 * Math.PI * 600 * index) / 8_000),
    );
    expect(tone(samples, 8_000, 600)).toBeCloseTo(0.5, 2);
    expect(tone(samples, 8_000, 1_500)).toBeCloseTo(0, 2);
  });
});

it('compares arrived packets with 50 a second', () => {
  expect(arrivedShare({ at: 0, received: 100 }, { at: 2_000, received: 200 })).toBe(1);
  expect(arrivedShare({ at: 0, received: 100 }, { at: 2_000, received: 150 })).toBe(0.5);
});
