import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { SimpleCsrfProtectionLinkPlugin } from '@orpc/client/plugins';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { type contract, IDLE_HEADER, RPC_PATH } from '@rexian/contracts';
import { idleSeconds } from './activity.ts';

/** A request that is not answered by then is given up with a TimeoutError. Files of 50,000 rows take their time, and so do hundreds of decisions. */
const DEADLINE_MS = 15_000;
const LONG_DEADLINE_MS = 180_000;
/** Outlives its page: it says that the page goes, or keeps what was typed there. */
const outliving = new Set(['presence', 'keepOpinion']);
const long = new Set(['export', 'import', 'template', 'exportFile', 'importFile', 'adoptSeveral', 'returnSeveral']);

const link = new RPCLink({
  url: `${location.origin}${RPC_PATH}`,
  headers: () => ({ [IDLE_HEADER]: String(idleSeconds()) }),
  plugins: [new SimpleCsrfProtectionLinkPlugin()],
  fetch: (request, init, _options, path) => {
    const name = path.at(-1) ?? '';
    const deadline = long.has(name) || path[0] === 'answerImports' ? LONG_DEADLINE_MS : DEADLINE_MS;
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(deadline)]);
    return fetch(request, { ...init, signal, keepalive: outliving.has(name) });
  },
});

export const client: ContractRouterClient<typeof contract> = createORPCClient(link);

/** Query and mutation options of every procedure of the contract. */
export const api = createTanstackQueryUtils(client);
