/** 来电体验: gives a visitor's browser the means to dial the hotline. */
import { randomInt } from 'node:crypto';
import { SIP_PATH } from '@rexian/contracts';
import { dialableNumbers } from '../centres/numbers/dialled.ts';
import { publicApi } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';

/** More would be a directory, not a choice. */
const SHOWN_NUMBERS = 20;

export function trialRoutes({ password }: { password: string | undefined }) {
  return {
    open: publicApi.trial.open.handler(async ({ input, context }) => {
      if (!password) throw refusal('TRIAL_CLOSED');
      const numbers = await dialableNumbers(context.store.system, SHOWN_NUMBERS);
      return {
        uri: 'sip:trial@rexian',
        username: 'trial',
        password,
        websocketPath: SIP_PATH,
        callerNumber: input.callerNumber ?? `138${String(randomInt(100_000_000)).padStart(8, '0')}`,
        numbers,
      };
    }),
  };
}
