/** 来电体验: gives a visitor's browser the means to dial the hotline. */
import { randomInt } from 'node:crypto';
import { SIP_PATH } from '@rexian/contracts';
import { publicApi } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';

export function trialRoutes({ password }: { password: string | undefined }) {
  return {
    open: publicApi.trial.open.handler(async ({ input, context }) => {
      if (!password) throw refusal('TRIAL_CLOSED');
      const numbers = await context.store.system
        .selectFrom('service_numbers')
        .select(['number', 'name'])
        .where('active', '=', true)
        // Hotlines are shorter than the numbers of single halls.
        .orderBy((number) => number.fn('length', ['number']))
        .orderBy('number')
        .limit(20)
        .execute();
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
