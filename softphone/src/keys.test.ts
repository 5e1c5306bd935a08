import { expect, test } from 'vitest';
import { sendKey } from './keys.ts';

/** What of RTCPeerConnection sendKey uses. */
class Line extends EventTarget {
  connectionState = 'connecting';
  sent = '';
  getSenders() {
    const line = this;
    const dtmf = {
      toneBuffer: '',
      get canInsertDTMF() {
        return line.connectionState === 'connected';
      },
      insertDTMF(tones: string) {
        line.sent += tones;
      },
    };
    return [{ dtmf: null }, { dtmf }];
  }
  become(state: string) {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }
}

test('keys pressed before the line is there are sent once it is, in their order, once', () => {
  const line = new Line();
  const press = (key: string) => sendKey(line as unknown as RTCPeerConnection, key);
  press('1');
  press('2');
  line.become('connecting');
  expect(line.sent).toBe('');
  line.become('connected');
  expect(line.sent).toBe('12');
  press('#');
  line.become('disconnected');
  line.become('connected');
  expect(line.sent).toBe('12#');
});

test('keys of a call that never had a line are forgotten with it', () => {
  const line = new Line();
  sendKey(line as unknown as RTCPeerConnection, '1');
  line.become('closed');
  line.become('connected');
  expect(line.sent).toBe('');
});
