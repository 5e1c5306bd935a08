/** The closed unions of the softphone. Nothing here touches the browser, so screens and tests import it freely. */

/**
 * `registered` also stands for "connected and able to dial" on a phone that never registers (`register: false`).
 * `disconnected`: the WebSocket is down; `failed`: the server answered and refused, or did not answer the REGISTER.
 */
export type Registration =
  | { state: 'stopped' }
  | { state: 'connecting' }
  | { state: 'registered' }
  | { state: 'failed'; failure: RegistrationFailure; status: number | null }
  | { state: 'disconnected' };

export type RegistrationFailure = 'refused' | 'timeout' | 'network';

/** Why a call never became a talk, or broke. */
export type CallFailure =
  | 'microphone_denied'
  | 'microphone_missing'
  | 'microphone_busy'
  | 'insecure_page'
  | 'busy'
  | 'rejected'
  | 'unknown_number'
  | 'unreachable'
  | 'timeout'
  | 'media'
  | 'network';

export type CallEnding = 'us' | 'them' | 'fault';

/** One call at a time. Times are epoch milliseconds of this machine's clock. */
export type Call =
  | { state: 'idle' }
  | { state: 'dialling'; number: string; since: number }
  | { state: 'ringing'; number: string; since: number }
  | { state: 'answering'; number: string; since: number }
  | { state: 'talking'; number: string; since: number; muted: boolean }
  | { state: 'ended'; number: string; since: number; ending: CallEnding; failure: CallFailure | null };

/** Is there a call that holds the line? */
export function isActive(call: Call): call is Exclude<Call, { state: 'idle' | 'ended' }> {
  return call.state !== 'idle' && call.state !== 'ended';
}

/** Things the person at the page must know although the call goes on. */
export type Problem = 'sound_blocked' | 'microphone_lost';

export const failureText: Record<CallFailure, string> = {
  microphone_denied: '麦克风被浏览器禁用：请点击地址栏左侧的图标，将“麦克风”改为“允许”，再重试',
  microphone_missing: '没有找到麦克风：请插好耳麦后重试',
  microphone_busy: '麦克风被其他程序占用：请关闭占用它的程序后重试',
  insecure_page: '浏览器只在 https 或 localhost 页面上开放麦克风：请改用 https 地址打开本页',
  busy: '对方忙，请稍后再拨',
  rejected: '对方未接受来电',
  unknown_number: '号码未开通，请核对后再拨',
  unreachable: '暂时无法接通，请稍后再拨',
  timeout: '无人应答，请稍后再拨',
  media: '语音通道中断，请检查网络后重拨',
  network: '与服务器的连接中断，请检查网络后重拨',
};

export const registrationFailureText: Record<RegistrationFailure, string> = {
  refused: '服务器拒绝了话机注册',
  timeout: '服务器没有应答话机注册',
  network: '话机与服务器的连接中断',
};
