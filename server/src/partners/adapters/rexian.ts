/** Another installation of ours: contracts/src/order-exchange.ts. */
import { EXCHANGE_FILES_PATH, REST_PATH } from '@rexian/contracts';
import { z } from 'zod';
import type { Adapter } from './adapter.ts';

const answer = z.object({ reference: z.string().max(60) });

export const rexian: Adapter = {
  root: REST_PATH,
  files: EXCHANGE_FILES_PATH,
  ping: { path: '/order-exchange/ping', body: {} },
  call: (letter) => ({ path: '/order-exchange/messages', body: letter }),
  reference: (told) => answer.safeParse(told).data?.reference ?? '',
};
