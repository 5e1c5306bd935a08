import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { SimpleCsrfProtectionLinkPlugin } from '@orpc/client/plugins';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { type contract, RPC_PATH } from '@rexian/contracts';

/** A request that is not answered by then is given up with a TimeoutError. */
const DEADLINE_MS = 15_000;

const link = new RPCLink({
  url: `${location.origin}${RPC_PATH}`,
  plugins: [new SimpleCsrfProtectionLinkPlugin()],
  fetch: (request, init) =>
    fetch(request, { ...init, signal: AbortSignal.any([request.signal, AbortSignal.timeout(DEADLINE_MS)]) }),
});

export const client: ContractRouterClient<typeof contract> = createORPCClient(link);

/** Query and mutation options of every procedure of the contract. */
export const api = createTanstackQueryUtils(client);
