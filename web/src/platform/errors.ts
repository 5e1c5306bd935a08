import { ORPCError } from '@orpc/client';

const CHINESE = /[\u4e00-\u9fff]/;

/** The stable code of an error of the contract, or null for a fault of the network or of this page. */
export function errorCode(error: unknown): string | null {
  return error instanceof ORPCError ? error.code : null;
}

/** What a person at the screen is told: what happened and what to do. */
export function errorText(error: unknown): string {
  if (error instanceof ORPCError) {
    if (error.code === 'BAD_REQUEST') return issueOf(error.data) ?? '填写的内容不符合要求，请检查后重试';
    if (error.code === 'TOO_MANY_REQUESTS') return '操作过于频繁，请稍后再试';
    // Messages of the contract's own errors are Chinese; anything else is a fault the reader can't act on.
    if (error.status < 500 && CHINESE.test(error.message)) return error.message;
    if (error.code === 'ENGINE_UNAVAILABLE' || error.code === 'BUSY') return error.message;
    return '服务器出错，请稍后重试';
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') return '服务器没有应答，请稍后重试';
  return '无法连接服务器，请检查网络后重试';
}

/** What the contract says in Chinese about the first field that it refuses. */
function issueOf(data: unknown): string | null {
  const issues = (data as { issues?: { message?: unknown }[] } | null | undefined)?.issues;
  const told = Array.isArray(issues) ? issues.map((issue) => issue.message) : [];
  return told.find((message): message is string => typeof message === 'string' && CHINESE.test(message)) ?? null;
}
