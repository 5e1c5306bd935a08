import { Store } from '../platform/store.ts';

const STORAGE_KEY = 'rexian.monitor.sound';
/** However many alarms come at once. */
const PAUSE_MS = 3_000;

/** Whether new alarms are heard; kept on this machine. */
export const soundOn = new Store(localStorage.getItem(STORAGE_KEY) === 'on');

export function switchSound(on: boolean): void {
  localStorage.setItem(STORAGE_KEY, on ? 'on' : 'off');
  soundOn.set(on);
  // The click that turns it on is what browsers want before they let a page sound; and it lets the leader hear it.
  if (on) beep();
}

let context: AudioContext | null = null;
let last = 0;

/** Two short tones. */
export function beep(): void {
  if (Date.now() - last < PAUSE_MS) return;
  last = Date.now();
  context ??= new AudioContext();
  void context.resume();
  tone(context, 880, 0);
  tone(context, 660, 0.18);
}

function tone(audio: AudioContext, hertz: number, after: number): void {
  const start = audio.currentTime + after;
  const [oscillator, volume] = [audio.createOscillator(), audio.createGain()];
  oscillator.frequency.value = hertz;
  volume.gain.setValueAtTime(0.12, start);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.16);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.16);
}
