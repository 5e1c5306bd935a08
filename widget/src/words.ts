import type { Call } from '@rexian/softphone';

/** The line above the number, for every state of the call. */
export function callWords(call: Call, opening: boolean): string {
  if (opening) return '正在准备…';
  switch (call.state) {
    case 'idle':
      return '';
    case 'dialling':
      return '正在呼叫…';
    case 'ringing':
    case 'answering':
      return '来电';
    case 'talking':
      return call.muted ? '通话中（已静音）' : '通话中';
    case 'ended':
      return call.failure ? '未能接通' : call.ending === 'us' ? '已挂机' : '对方已挂机';
  }
}

/** mm:ss of a number of milliseconds. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Null when the caller's number may be used; it may be left empty. */
export function callerNumberError(number: string): string | null {
  return number === '' || /^[0-9]{3,15}$/.test(number) ? null : '请输入 3 到 15 位数字';
}
