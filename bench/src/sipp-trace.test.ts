import { describe, expect, it } from 'vitest';
import { header, invitesByContact, parseMessages, parseResponseTimes, parseTotals } from './sipp-trace.ts';

const rule = '-'.repeat(47);
const invite = (contact: string) =>
  `INVITE sip:sip-b001@127.0.0.1:23024 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:23003\nX-Rexian-Contact: ${contact}\nContent-Length:   0\n\n`;
const trace = [
  `${rule} 2026-11-22T05:48:54.855234Z\nUDP message received [976] bytes:\n\n${invite('c1')}`,
  `${rule} 2026-11-22T05:48:54.855900Z\nUDP message sent (310 bytes):\n\nSIP/2.0 180 Ringing\nContent-Length: 0\n\n`,
  `${rule} 2026-11-22T05:48:55.355234Z\nUDP message received [976] bytes:\n\n${invite('c1')}`,
  `${rule} 2026-11-22 05:48:56.000001\nUDP message received [976] bytes:\n\n${invite('c2')}`,
  `${rule} 2026-11-22T05:48:57.000001Z\nUDP message received [76] bytes:\n\nOPTIONS sip:x SIP/2.0\n\n`,
].join('\n');

describe('message traces', () => {
  it('are read with direction, text and microseconds', () => {
    const messages = parseMessages(trace);
    expect(messages.map(({ direction }) => direction)).toEqual([
      'received',
      'sent',
      'received',
      'received',
      'received',
    ]);
    expect(messages[0]?.at).toBeCloseTo(Date.UTC(2026, 10, 22, 5, 48, 54) + 855.234, 3);
    expect(messages[0] && header(messages[0], 'x-rexian-contact')).toBe('c1');
    expect(messages[1] && header(messages[1], 'X-Rexian-Contact')).toBeNull();
  });

  it('tell when each contact first arrived at a phone; retransmissions and other requests do not count', () => {
    const invites = invitesByContact(parseMessages(trace));
    expect([...invites.keys()]).toEqual(['c1', 'c2']);
    expect(invites.get('c1')).toBeCloseTo(Date.UTC(2026, 10, 22, 5, 48, 54) + 855.234, 3);
  });
});

it('reads response times and skips the heading', () => {
  expect(
    parseResponseTimes('Date_ms;response_time_ms;rtd_name\n1763790534855.1;6.25;setup\n1763790535000.9;8;setup\n'),
  ).toEqual([6.25, 8]);
});

it('reads totals and the peak', () => {
  const names = 'StartTime;TotalCallCreated;CurrentCall;SuccessfulCall(C);FailedCall(C)';
  expect(parseTotals(`${names}\nx;10;7;2;0\nx;30;3;26;1\n`)).toEqual({
    created: 30,
    successful: 26,
    failed: 1,
    peak: 7,
  });
  expect(parseTotals(`${names}\n`)).toBeNull();
});
