/** Tones made with WebAudio, so that no sound file is loaded: ringtone, ring-back (GB/T 3380: 450 Hz) and key tones. */
export type Pattern = { frequencies: number[]; onMs: number; offMs: number; gain: number };

export const ringtone: Pattern = { frequencies: [660, 880], onMs: 900, offMs: 1_600, gain: 0.12 };
/** Somebody is on the line already: automatic answer. */
export const dropIn: Pattern = { frequencies: [880], onMs: 150, offMs: 60, gain: 0.14 };
/** Something wants to be looked at: rest overrun, a leader's message. */
export const attention: Pattern = { frequencies: [523, 784], onMs: 220, offMs: 90, gain: 0.12 };
export const ringBack: Pattern = { frequencies: [450], onMs: 1_000, offMs: 4_000, gain: 0.08 };

const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477];
const keys = '123456789*0#';

/** The two frequencies of a telephone key (ITU-T Q.23), or null when it is no key. */
export function keyFrequencies(key: string): [number, number] | null {
  const index = key.length === 1 ? keys.indexOf(key) : -1;
  if (index < 0) return null;
  return [rows[Math.floor(index / 3)] as number, columns[index % 3] as number];
}

export class Tones {
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #unlocked = false;
  #speaker: string | null = null;

  /** Call inside a click or key press: browsers start audio only then. */
  unlock(): void {
    if (this.#unlocked) return;
    void this.#resume().then((running) => {
      this.#unlocked ||= running;
      // Nothing to play yet: let the audio thread sleep.
      if (this.#timer === null) this.#suspend();
    });
  }

  /** Repeats a pattern until `stop`. */
  loop(pattern: Pattern): void {
    this.stop();
    const beat = () => this.#beep(pattern.frequencies, pattern.onMs, pattern.gain);
    beat();
    this.#timer = setInterval(beat, pattern.onMs + pattern.offMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#suspend();
  }

  /** Plays a pattern twice. */
  once(pattern: Pattern): void {
    this.#beep(pattern.frequencies, pattern.onMs, pattern.gain);
    const second = (pattern.onMs + pattern.offMs) / 1_000;
    this.#beep(pattern.frequencies, pattern.onMs, pattern.gain, second);
  }

  /** A speaker that is gone leaves the system's choice. */
  async setSpeaker(speaker: string | null): Promise<void> {
    this.#speaker = speaker;
    const context = this.#context as (AudioContext & { setSinkId?(id: string): Promise<void> }) | null;
    await context?.setSinkId?.(speaker ?? '').catch(() => {});
  }

  key(key: string): void {
    const frequencies = keyFrequencies(key);
    if (frequencies) this.#beep(frequencies, 120, 0.06);
  }

  close(): void {
    this.stop();
    void this.#context?.close().catch(() => {});
    this.#context = null;
  }

  #audio(): AudioContext | null {
    if (!this.#context && typeof AudioContext !== 'undefined') {
      this.#context = new AudioContext();
      if (this.#speaker) void this.setSpeaker(this.#speaker);
    }
    return this.#context;
  }

  /** A refusal is normal before the first click and when the context closes meanwhile. */
  async #resume(): Promise<boolean> {
    try {
      await this.#audio()?.resume();
      return this.#context?.state === 'running';
    } catch {
      return false;
    }
  }

  #suspend(): void {
    if (this.#context?.state === 'running') void this.#context.suspend().catch(() => {});
  }

  #beep(frequencies: number[], milliseconds: number, gain: number, afterSeconds = 0): void {
    const context = this.#audio();
    if (!context) return;
    void this.#resume();
    const start = context.currentTime + afterSeconds;
    const end = start + milliseconds / 1_000;
    const volume = context.createGain();
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(gain, start + 0.01);
    volume.gain.setValueAtTime(gain, Math.max(start + 0.01, end - 0.02));
    volume.gain.linearRampToValueAtTime(0, end);
    volume.connect(context.destination);
    for (const frequency of frequencies) {
      const oscillator = context.createOscillator();
      oscillator.frequency.value = frequency;
      oscillator.connect(volume);
      oscillator.start(start);
      oscillator.stop(end);
    }
  }
}
