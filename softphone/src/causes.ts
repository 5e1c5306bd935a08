import type { CallEnding, CallFailure } from './states.ts';

type End = { originator: string; cause: string };

const failures: Record<string, CallFailure> = {
  Busy: 'busy',
  Rejected: 'rejected',
  Redirected: 'unreachable',
  Unavailable: 'unreachable',
  'Not Found': 'unknown_number',
  'Address Incomplete': 'unknown_number',
  'No Answer': 'timeout',
  Expires: 'timeout',
  'Request Timeout': 'network',
  'Connection Error': 'network',
  'RTP Timeout': 'media',
  'WebRTC Error': 'media',
  'Incompatible SDP': 'media',
  'Bad Media Description': 'media',
  'Missing SDP': 'media',
  'User Denied Media Access': 'microphone_denied',
};

/** JsSIP's originator and cause of an ended call, in our words. A normal hang-up has no failure. */
export function describeEnd(end: End): { ending: CallEnding; failure: CallFailure | null } {
  const failure = failures[end.cause] ?? null;
  if (end.cause === 'Terminated' || end.cause === 'Canceled') {
    return { ending: end.originator === 'local' ? 'us' : 'them', failure: null };
  }
  if (end.originator === 'local')
    return { ending: failure === 'media' ? 'fault' : 'us', failure: failure === 'media' ? failure : null };
  return { ending: failure === 'media' || failure === 'network' ? 'fault' : 'them', failure: failure ?? 'unreachable' };
}
