import { type PhoneChoice, type PhoneKind, phoneKind } from '@rexian/contracts';
import { z } from 'zod';

const STORAGE_KEY = 'rexian.desk.phone';

/** What is remembered of the last sign-in at this machine. Never the number of an outside phone: others use this machine too. */
const remembered = z.object({
  kind: phoneKind.schema,
  deviceId: z.string().nullable(),
  autoAnswer: z.boolean(),
  confirmKey: z.boolean(),
});
export type Remembered = z.infer<typeof remembered>;

/** What the sign-in dialog holds while it is open. */
export type SignInDraft = Remembered & { number: string };

const first: Remembered = { kind: 'browser', deviceId: null, autoAnswer: false, confirmKey: true };

type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

export function lastChoice(shelf: Shelf = localStorage): SignInDraft {
  try {
    const parsed = remembered.safeParse(JSON.parse(shelf.getItem(STORAGE_KEY) ?? 'null'));
    return { ...(parsed.success ? parsed.data : first), number: '' };
  } catch {
    return { ...first, number: '' };
  }
}

export function rememberChoice(
  { kind, deviceId, autoAnswer, confirmKey }: SignInDraft,
  shelf: Shelf = localStorage,
): void {
  try {
    shelf.setItem(STORAGE_KEY, JSON.stringify({ kind, deviceId, autoAnswer, confirmKey } satisfies Remembered));
  } catch {
    // Without storage the dialog asks anew each time.
  }
}

type Device = { id: string; inUseBy: string | null };

/** What would be sent, or what is still missing, in Chinese. `devices`: null while they are not known. */
export function choiceOf(draft: SignInDraft, devices: readonly Device[] | null): PhoneChoice | string {
  switch (draft.kind) {
    case 'browser':
      return { kind: 'browser' };
    case 'sip': {
      const device = devices?.find(({ id }) => id === draft.deviceId);
      if (!devices) return '正在读取话机列表';
      if (!device) return devices.length > 0 ? '请选择一部 IP 话机' : '没有可用的 IP 话机，请联系管理员';
      if (device.inUseBy) return `该话机正由 ${device.inUseBy} 使用，请另选一部`;
      return { kind: 'sip', deviceId: device.id };
    }
    case 'outside': {
      const number = draft.number.replace(/[\s-]/g, '');
      if (!/^\+?[0-9]{3,20}$/.test(number)) return '请输入接听来电的外线号码';
      return { kind: 'outside', number, confirmKey: draft.confirmKey };
    }
  }
}

export const kindHint: Record<PhoneKind, string> = {
  browser: '用本机耳麦在网页上接打电话',
  sip: '用桌面 IP 话机接打电话',
  outside: '平台呼叫您的手机或座机',
};
