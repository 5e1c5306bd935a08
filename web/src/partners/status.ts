import type { Partner } from '@rexian/contracts';
import type { Tone } from '../platform/status.ts';

type Known = Pick<Partner, 'enabled' | 'keyHint' | 'refused' | 'error'>;

/** What an administrator has to know at a glance: do orders go there? */
export function partnerStatus({ enabled, keyHint, refused, error }: Known): { tone: Tone; label: string } {
  if (!enabled) return { tone: 'quiet', label: '已停用' };
  if (keyHint === null) return { tone: 'not-ready', label: '待配置' };
  if (refused > 0) return { tone: 'fault', label: '有拒收' };
  return error ? { tone: 'fault', label: '发送失败' } : { tone: 'ready', label: '正常' };
}
