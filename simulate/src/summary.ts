/** What a run came to: counted from the calls' results and checked against the platform's own records. */
import type { ContactSummary } from '@rexian/contracts';
import type { CallResult } from './call-run.ts';

export interface Summary {
  calls: number;
  talked: number;
  left: { menu: number; queue: number; ringing: number };
  closed: number;
  failed: number;
  stopped: number;
  /** CDRs of our callers; null when they could not be read. */
  records: number | null;
  /** Mean of waiting and ringing of those who talked, in ms; null when nobody did. */
  meanWaitMs: number | null;
  /** Why the platform's records contradict what we did; Chinese. */
  contradictions: string[];
}

export function summarize(results: readonly CallResult[], records: readonly ContactSummary[] | null): Summary {
  const count = (kind: CallResult['kind']): number => results.filter((result) => result.kind === kind).length;
  const left = { menu: 0, queue: 0, ringing: 0 };
  for (const result of results) if (result.kind === 'left') left[result.where] += 1;
  const answered = (records ?? []).filter(({ connectedAt }) => connectedAt !== null);
  const waits = answered.map(({ waitingMs, ringingMs }) => waitingMs + ringingMs);
  return {
    calls: results.length,
    talked: count('talked'),
    left,
    closed: count('closed'),
    failed: count('failed'),
    stopped: count('stopped'),
    records: records?.length ?? null,
    meanWaitMs: waits.length === 0 ? null : waits.reduce((sum, wait) => sum + wait, 0) / waits.length,
    contradictions: records === null ? ['读不到平台的通话记录'] : contradictions(results, records),
  };
}

function contradictions(results: readonly CallResult[], records: readonly ContactSummary[]): string[] {
  const found: string[] = [];
  if (records.length !== results.length) found.push(`呼叫 ${results.length} 个，话单 ${records.length} 条`);
  const open = records.filter(({ state }) => state !== 'ended').length;
  if (open > 0) found.push(`${open} 条话单没有结束`);
  const broken = records.filter(({ endReason }) => endReason === 'failed' || endReason === 'unserved').length;
  if (broken > 0) found.push(`${broken} 条话单结束于系统故障或未接入`);
  return found;
}

/** True when something went wrong that no caller or agent did. */
export function hasFailed({ failed, contradictions }: Summary): boolean {
  return failed > 0 || contradictions.length > 0;
}
