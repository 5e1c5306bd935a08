import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { SimpleCsrfProtectionLinkPlugin } from '@orpc/client/plugins';
import type { ContractRouterClient } from '@orpc/contract';
import { type contract, RPC_PATH } from '@rexian/contracts';

const DEADLINE_MS = 15_000;

const link = new RPCLink({
  url: `${location.origin}${RPC_PATH}`,
  plugins: [new SimpleCsrfProtectionLinkPlugin()],
  fetch: (request, init) =>
    fetch(request, { ...init, signal: AbortSignal.any([request.signal, AbortSignal.timeout(DEADLINE_MS)]) }),
});

export const client: ContractRouterClient<typeof contract> = createORPCClient(link);

/** What the visitor is told: what happened and what to do. */
export function errorText(error: unknown): string {
  if (error instanceof ORPCError) {
    if (error.code === 'TRIAL_CLOSED') return '来电体验未开放，请联系管理员开启';
    if (error.code === 'BAD_REQUEST') return '主叫号码应为 3 到 15 位数字';
    if (error.code === 'TOO_MANY_REQUESTS') return '拨打过于频繁，请稍后再试';
    return '服务器出错，请稍后重试';
  }
  return '无法连接服务器，请检查网络后重试';
}
