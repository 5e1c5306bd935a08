/** Signed requests to another platform, and what their answers mean. */
import type { PartnerKind } from '@rexian/contracts';
import { z } from 'zod';
import { type Lookup, type LookupFault, Unusable } from '../engines/lookup/lookup.ts';
import type { Vault } from '../platform/vault.ts';
import type { Call } from './adapters/adapter.ts';
import { adapters } from './adapters/choose.ts';
import { SIGNATURE_HEADER, type Signed, signatureOf, TIME_HEADER } from './signature.ts';

/** Where a platform is, and what lets us in. */
export interface Peer {
  kind: PartnerKind;
  address: string;
  theirKey: Buffer;
  theirSecret: Buffer;
  deadlineSeconds: number;
}

/**
 * `refused`: understood, and trying again is no use. `gap`: another message is due first. `failed`: everything else, to be tried again.
 * `why` is Chinese, for people.
 */
export type Outcome =
  | { is: 'taken'; reference: string }
  | { is: 'gap'; expected: number }
  | { is: 'refused' | 'failed'; why: string };

/** No refusals of what was said: of who says it, or of the moment. */
const AGAIN = [401, 403, 408, 425, 429];
const faults: Record<LookupFault, string> = {
  late: '对方没有按时应答',
  unreachable: '无法连接对方平台',
  refused: '不允许访问该地址：外网地址须用 https，内网地址须由运维人员登记',
  state: '对方的应答无法识别',
  denied: '对方不认可接口密钥',
  rubbish: '对方的应答无法识别',
  too_large: '对方的应答无法识别',
};
const refusal = z.object({
  code: z.string().optional(),
  message: z.string().max(500),
  expected: z.number().int().min(1).optional(),
});

interface Services {
  lookup: Lookup;
  vault: Vault;
}

export async function say({ lookup, vault }: Services, peer: Peer, call: Call): Promise<Outcome> {
  const { root, reference } = adapters[peer.kind];
  const body = JSON.stringify(call.body);
  const headers = signedHeaders(vault, peer, { method: 'POST', path: call.path, body });
  const url = `${peer.address}${root}${call.path}`;
  let answered: { status: number; text: string };
  try {
    answered = await lookup.post(url, { body, headers, deadlineMs: peer.deadlineSeconds * 1_000 });
  } catch (error) {
    return unheard(error);
  }
  const { status, text } = answered;
  const json = jsonOf(text);
  if (status >= 200 && status < 300)
    return json === undefined ? { is: 'failed', why: faults.rubbish } : { is: 'taken', reference: reference(json) };
  const told = refusal.safeParse(json).data;
  if (status === 409 && told?.expected) return { is: 'gap', expected: told.expected };
  return notTaken(status, json);
}

/** Why nothing was taken, or fetched. */
export type NotTaken = Extract<Outcome, { why: string }>;

function notTaken(status: number, json: unknown): NotTaken {
  const told = refusal.safeParse(json).data;
  const why = told?.message ? `对方返回 ${status}：${told.message}` : `对方返回 ${status}`;
  const forGood = told !== undefined && status >= 400 && status < 500 && !AGAIN.includes(status);
  return { is: forGood ? 'refused' : 'failed', why };
}

/** A file on its way, or why there is none. Reading on throws Unusable. */
export async function fetchFile(
  { lookup, vault }: Services,
  peer: Peer,
  { id, bytes }: { id: string; bytes: number },
): Promise<NotTaken | { is: 'found'; content: AsyncIterable<Buffer> }> {
  const { root, files } = adapters[peer.kind];
  const path = `${files}/${encodeURIComponent(id)}`;
  const headers = signedHeaders(vault, peer, { method: 'GET', path, body: '' });
  const deadlineMs = peer.deadlineSeconds * 1_000;
  try {
    const answered = await lookup.fetch(`${peer.address}${root}${path}`, {
      ...{ headers, deadlineMs, wholeMs: wholeMs(peer, bytes) },
    });
    if ('content' in answered) return { is: 'found', content: answered.content };
    return notTaken(answered.status, jsonOf(answered.text));
  } catch (error) {
    return unheard(error);
  }
}

/** Bytes a second that a line carries at least. */
const SLOWEST = 50_000;
/** How long a file of that size may take. */
export const wholeMs = ({ deadlineSeconds }: Pick<Peer, 'deadlineSeconds'>, bytes: number): number =>
  deadlineSeconds * 1_000 + Math.ceil((bytes / SLOWEST) * 1_000);

/** No answer, or the half of one. Throws what has nothing to do with the line. */
export function unheard(error: unknown): NotTaken {
  if (error instanceof Unusable) return { is: 'failed', why: faults[error.fault] };
  throw error;
}

function signedHeaders(
  vault: Vault,
  { theirKey, theirSecret }: Peer,
  said: Pick<Signed, 'method' | 'path' | 'body'>,
): Record<string, string> {
  const at = String(Math.floor(Date.now() / 1_000));
  return {
    authorization: `Bearer ${vault.open('partner_secret', theirKey)}`,
    [TIME_HEADER]: at,
    [SIGNATURE_HEADER]: signatureOf(vault.open('partner_secret', theirSecret), { ...said, at }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
