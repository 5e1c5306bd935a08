import { describe, expect, it } from 'vitest';
import { registrationDelay } from './backoff.ts';
import { describeEnd } from './causes.ts';
import { loudness } from './meter.ts';
import { failureOf } from './microphone.ts';
import { isActive } from './states.ts';
import { gradeLine, readStatistics } from './statistics.ts';
import { keyFrequencies } from './tones.ts';

describe('registration backoff', () => {
  it('retries after 300 ms first, then slower, and never stops at a growing wait', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 60].map(registrationDelay)).toEqual([300, 600, 1000, 2000, 4000, 8000, 8000, 8000]);
  });
});

describe('end of a call', () => {
  it('knows who hung up', () => {
    expect(describeEnd({ originator: 'local', cause: 'Terminated' })).toEqual({ ending: 'us', failure: null });
    expect(describeEnd({ originator: 'remote', cause: 'Terminated' })).toEqual({ ending: 'them', failure: null });
    expect(describeEnd({ originator: 'remote', cause: 'Canceled' })).toEqual({ ending: 'them', failure: null });
  });
  it('names what failed', () => {
    expect(describeEnd({ originator: 'remote', cause: 'Busy' })).toEqual({ ending: 'them', failure: 'busy' });
    expect(describeEnd({ originator: 'remote', cause: 'Not Found' }).failure).toBe('unknown_number');
    expect(describeEnd({ originator: 'system', cause: 'Connection Error' })).toEqual({
      ending: 'fault',
      failure: 'network',
    });
    expect(describeEnd({ originator: 'local', cause: 'RTP Timeout' })).toEqual({ ending: 'fault', failure: 'media' });
    expect(describeEnd({ originator: 'local', cause: 'Rejected' })).toEqual({ ending: 'us', failure: null });
  });
  it('frees the line', () => {
    expect(isActive({ state: 'ended', number: '1', since: 0, ending: 'us', failure: null })).toBe(false);
    expect(isActive({ state: 'ringing', number: '1', since: 0 })).toBe(true);
  });
});

describe('microphone', () => {
  it.each([
    ['NotAllowedError', 'microphone_denied'],
    ['NotReadableError', 'microphone_busy'],
    ['NotFoundError', 'microphone_missing'],
  ])('%s is %s', (name, failure) => {
    expect(failureOf(Object.assign(new Error('x'), { name }))).toBe(failure);
  });
});

describe('loudness', () => {
  const sine = (amplitude: number) => Array.from({ length: 1_024 }, (_, index) => amplitude * Math.sin(index / 3));
  it('is a bar over 60 dB: silence is empty, speech in the middle, full scale full', () => {
    expect(loudness(sine(0))).toBe(0);
    expect(loudness(sine(0.001))).toBeLessThan(0.05);
    expect(loudness(sine(0.03))).toBeGreaterThan(0.4);
    expect(loudness(sine(0.03))).toBeLessThan(0.6);
    expect(loudness(sine(1))).toBeGreaterThan(0.9);
  });
});

describe('line statistics', () => {
  const reading = (received: number, lost: number, jitter = 0.002, roundTripTime = 0.02) =>
    readStatistics([
      {
        type: 'inbound-rtp',
        kind: 'audio',
        packetsReceived: received,
        packetsLost: lost,
        jitter,
        totalAudioEnergy: 0.5,
      },
      { type: 'outbound-rtp', kind: 'audio', packetsSent: 10 },
      { type: 'media-source', kind: 'audio', audioLevel: 0.1, totalAudioEnergy: 0.2 },
      { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime },
      { type: 'inbound-rtp', kind: 'video', packetsReceived: 999 },
    ]);

  it('reads audio figures only', () => {
    expect(reading(100, 1)).toMatchObject({
      packetsReceived: 100,
      packetsLost: 1,
      jitterMs: 2,
      roundTripMs: 20,
      receivedEnergy: 0.5,
    });
  });
  it('grades the interval, not the whole call', () => {
    expect(gradeLine(reading(1000, 500), reading(1050, 500))).toBe('good');
    expect(gradeLine(reading(0, 0), reading(98, 2))).toBe('fair');
    expect(gradeLine(reading(0, 0), reading(90, 10))).toBe('poor');
    expect(gradeLine(reading(0, 0), reading(50, 0, 0.08))).toBe('poor');
    expect(gradeLine(reading(0, 0), reading(50, 0, 0.002, 0.4))).toBe('fair');
    expect(gradeLine(reading(50, 0), reading(50, 0))).toBe('silent');
  });
});

describe('key tones', () => {
  it('follows the telephone keypad', () => {
    expect(keyFrequencies('1')).toEqual([697, 1209]);
    expect(keyFrequencies('0')).toEqual([941, 1336]);
    expect(keyFrequencies('#')).toEqual([941, 1477]);
    expect(keyFrequencies('12')).toBeNull();
  });
});
