import { closeStream, openMicrophone } from './microphone.ts';

/** Loudness of one block of samples (−1…1) as a bar that people expect: 0 silence, 1 as loud as it goes; −60 dB is the floor. */
export function loudness(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < samples.length; index++) sum += (samples[index] ?? 0) ** 2;
  const decibels = 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12);
  return Math.min(1, Math.max(0, 1 + decibels / 60));
}

const READ_MS = 80;

/** Opens a microphone and tells its loudness until it is stopped. Throws MicrophoneError. */
export async function meterMicrophone(deviceId: string | null, level: (value: number) => void): Promise<() => void> {
  const stream = await openMicrophone(deviceId);
  const stop = meterStream(stream, level);
  return () => {
    stop();
    closeStream(stream);
  };
}

/** Tells the loudness of a stream; the stream stays open. */
export function meterStream(stream: MediaStream, level: (value: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1_024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    level(loudness(samples));
  }, READ_MS);
  return () => {
    clearInterval(timer);
    void context.close().catch(() => {});
  };
}
