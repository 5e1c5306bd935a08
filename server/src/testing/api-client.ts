/** A typed client of the running server, with a cookie jar: what a browser has, for tests, benches and the simulator. */

import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { SimpleCsrfProtectionLinkPlugin } from '@orpc/client/plugins';
import type { ContractRouterClient } from '@orpc/contract';
import { type contract, RPC_PATH } from '@rexian/contracts';

export type Api = ContractRouterClient<typeof contract>;

export interface ApiClient {
  api: Api;
  /** The Cookie header of this client, for requests that aren't RPC. */
  cookie(): string;
}

/** Requests end with an error after `timeoutMs`. */
export function apiClient(url: string, options: { timeoutMs?: number; cookie?: string } = {}): ApiClient {
  const { timeoutMs = 15_000 } = options;
  let cookie = options.cookie ?? '';
  const link = new RPCLink({
    url: `${url}${RPC_PATH}`,
    headers: () => ({ cookie }),
    plugins: [new SimpleCsrfProtectionLinkPlugin()],
    fetch: async (request, init) => {
      const response = await fetch(request, { ...init, signal: AbortSignal.timeout(timeoutMs) });
      const [set] = response.headers.getSetCookie();
      if (set) cookie = set.split(';')[0] ?? '';
      return response;
    },
  });
  return { api: createORPCClient<Api>(link), cookie: () => cookie };
}
