/** What this page is to the desk session. */
export type Phase = 'unknown' | 'signed_out' | 'signing_in' | 'signed_in' | 'elsewhere';

export type Verdict = 'nothing' | 'signed_out' | 'signed_in' | 'resume' | 'elsewhere';

/**
 * Judges, from the desk as the server sees it, what this page has to become.
 * @param phase what the page is now
 * @param own the session this page opened (kept over a reload), if any
 * @param current the session the server holds, null when the agent is signed out
 * @param hasPhone false after a reload: the session is ours, but the phone has to be opened again
 */
export function judge(phase: Phase, own: string | null, current: string | null, hasPhone: boolean): Verdict {
  // While the sign-in is under way, the answer to it decides.
  if (phase === 'signing_in') return 'nothing';
  if (current === null) return phase === 'signed_out' ? 'nothing' : 'signed_out';
  if (current !== own) return phase === 'elsewhere' ? 'nothing' : 'elsewhere';
  if (!hasPhone) return 'resume';
  return phase === 'signed_in' ? 'nothing' : 'signed_in';
}
