import type { AuditAction } from '@rexian/contracts';
import type { Tone } from '../platform/status.ts';

/** What an auditor looks for stands out: failures red, removals and rights orange, looks at personal data violet. */
export const actionTone: Record<AuditAction, Tone> = {
  sign_in: 'quiet',
  sign_in_failed: 'fault',
  sign_out: 'quiet',
  locked: 'fault',
  unlocked: 'not-ready',
  desk_sign_in: 'quiet',
  password_changed: 'talking',
  password_reset: 'not-ready',
  totp_changed: 'talking',
  session_ended: 'quiet',
  centre_chosen: 'quiet',
  created: 'ready',
  changed: 'talking',
  removed: 'not-ready',
  moved: 'not-ready',
  roles_assigned: 'not-ready',
  key_rotated: 'talking',
  key_revoked: 'not-ready',
  imported: 'not-ready',
  exported: 'wrap-up',
  revealed: 'wrap-up',
  recording_played: 'wrap-up',
  recording_downloaded: 'wrap-up',
  data_key_rotated: 'not-ready',
  supervised: 'wrap-up',
  forced: 'not-ready',
  messaged: 'quiet',
  assigned: 'talking',
};
