import type { CallFailure } from './states.ts';

/** Refusal of the microphone, already named by its cause. */
export class MicrophoneError extends Error {
  readonly failure: CallFailure;
  constructor(failure: CallFailure) {
    super(failure);
    this.name = 'MicrophoneError';
    this.failure = failure;
  }
}

/** Opens the microphone for one call; throws MicrophoneError. The caller stops the tracks. */
export async function openMicrophone(): Promise<MediaStream> {
  // Browsers hide mediaDevices on pages that are neither https nor localhost.
  if (!navigator.mediaDevices) throw new MicrophoneError('insecure_page');
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (error) {
    throw new MicrophoneError(failureOf(error));
  }
}

/** Asks for the permission ahead of the first call, then lets go of the device. */
export async function requestMicrophone(): Promise<CallFailure | null> {
  try {
    closeStream(await openMicrophone());
    return null;
  } catch (error) {
    return error instanceof MicrophoneError ? error.failure : 'microphone_missing';
  }
}

export function closeStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

export function failureOf(error: unknown): CallFailure {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'microphone_denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'microphone_busy';
  return 'microphone_missing';
}
