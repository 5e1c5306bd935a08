import { z } from 'zod';
import { errorCodes } from './common.ts';
import { testCallerNumber } from './flow-runs.ts';
import { route } from './route.ts';

/** 来电体验: a public page where a browser dials the hotline. */
export const trialAccount = z.object({
  uri: z.string(),
  username: z.string(),
  password: z.string(),
  websocketPath: z.string(),
  /** Sent as SIP header `X-Rexian-Caller` so that the console shows a caller's number. */
  callerNumber: z.string(),
  numbers: z.array(z.object({ number: z.string(), name: z.string() })),
});
export type TrialAccount = z.infer<typeof trialAccount>;

export const trial = {
  open: route('public', {
    method: 'POST',
    path: '/trial',
    summary: '来电体验',
    tag: 'trial',
    by: 'person',
    trace: 'none',
  })
    .errors({ TRIAL_CLOSED: errorCodes.TRIAL_CLOSED })
    .input(
      z.object({
        callerNumber: testCallerNumber.optional(),
      }),
    )
    .output(trialAccount),
};
