import { useCallback, useEffect, useRef, useState } from 'react';
import { serverNow } from '../platform/clock.ts';
import { encodeWav, levelOf } from './wav.ts';

/** As callers hear it. */
const RATE = 16_000;
/** A prompt is shorter; a recorder that was forgotten stops here. */
export const LONGEST_SECONDS = 180;

export type RecorderState = 'idle' | 'asking' | 'recording' | 'converting';

interface Running {
  recorder: MediaRecorder;
  stream: MediaStream;
  context: AudioContext;
  frame: number;
  limit: ReturnType<typeof setTimeout>;
}

interface Told {
  onStart(): void;
  /** null: it could not be converted. */
  onRecorded(file: File | null): void;
}

/** Records from the microphone; what was said comes as a WAV file when it stops. `error`: Chinese, what to do about it. */
export function useRecorder({ onStart, onRecorded }: Told) {
  const [state, setState] = useState<RecorderState>('idle');
  const [level, setLevel] = useState(0);
  const [startedAt, setStartedAt] = useState<Date | null>(null);
  const [error, setError] = useState<string | null>(null);
  const running = useRef<Running | null>(null);
  const wanted = useRef(false);

  const release = useCallback(() => {
    const it = running.current;
    running.current = null;
    if (!it) return;
    cancelAnimationFrame(it.frame);
    clearTimeout(it.limit);
    for (const track of it.stream.getTracks()) track.stop();
    void it.context.close();
    setLevel(0);
    setStartedAt(null);
  }, []);
  useEffect(
    () => () => {
      wanted.current = false;
      // Its `stop` finds nobody who wants the recording any more.
      running.current?.recorder.stop();
      release();
    },
    [release],
  );

  const finish = async (chunks: Blob[], type: string) => {
    release();
    if (!wanted.current) return;
    setState('converting');
    try {
      onRecorded(await toWav(new Blob(chunks, { type })));
    } catch {
      setError('录音无法转换，请重录');
      onRecorded(null);
    }
    setState('idle');
  };

  const start = async () => {
    setError(null);
    setState('asking');
    wanted.current = true;
    let stream: MediaStream;
    try {
      if (!navigator.mediaDevices) throw new DOMException('', 'SecurityError');
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (cause) {
      setState('idle');
      return setError(whyNot(cause));
    }
    if (!wanted.current) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    const recorder = new MediaRecorder(stream);
    const chunks: Blob[] = [];
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    recorder.onstop = () => void finish(chunks, recorder.mimeType);
    recorder.onerror = () => recorder.stop();
    // The microphone was pulled out.
    for (const track of stream.getTracks()) track.onended = () => recorder.state === 'recording' && recorder.stop();
    const context = new AudioContext();
    const limit = setTimeout(() => recorder.stop(), LONGEST_SECONDS * 1_000);
    running.current = { recorder, stream, context, frame: 0, limit };
    watchLevel(running.current, setLevel);
    recorder.start();
    onStart();
    setStartedAt(new Date(serverNow()));
    setState('recording');
  };
  const stop = () => running.current?.recorder.state === 'recording' && running.current.recorder.stop();
  return { state, level, startedAt, error, start: () => void start(), stop: () => void stop() };
}

function watchLevel(running: Running, show: (level: number) => void): void {
  const { context, stream } = running;
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const look = () => {
    analyser.getFloatTimeDomainData(samples);
    show(levelOf(samples));
    running.frame = requestAnimationFrame(look);
  };
  look();
}

/** Whatever the browser records, as mono WAV. Rejects for what it can't decode itself. */
async function toWav(recorded: Blob): Promise<File> {
  const context = new OfflineAudioContext(1, 1, RATE);
  // Decoding brings it to the context's rate.
  const decoded = await context.decodeAudioData(await recorded.arrayBuffer());
  const mixer = new OfflineAudioContext(1, Math.max(1, decoded.length), RATE);
  const source = new AudioBufferSourceNode(mixer, { buffer: decoded });
  source.connect(mixer.destination);
  source.start();
  const mono = await mixer.startRendering();
  return new File([encodeWav(mono.getChannelData(0), RATE)], '录音.wav', { type: 'audio/wav' });
}

function whyNot(cause: unknown): string {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotAllowedError') return '浏览器未允许使用麦克风，请在地址栏中允许后重试';
  if (name === 'NotFoundError') return '没有找到麦克风，请接好后重试';
  if (name === 'SecurityError') return '只能在 https 页面中录音';
  return '麦克风无法使用，可能正被其他程序占用';
}
