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

/**
 * Opens the microphone; throws MicrophoneError. The caller stops the tracks.
 * @param deviceId the chosen one; when it is not there any more, whatever the system offers
 */
export async function openMicrophone(deviceId: string | null = null): Promise<MediaStream> {
  // Browsers hide mediaDevices on pages that are neither https nor localhost.
  if (!navigator.mediaDevices) throw new MicrophoneError('insecure_page');
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        ...(deviceId ? { deviceId: { ideal: deviceId } } : {}),
      },
    });
  } catch (error) {
    throw new MicrophoneError(failureOf(error));
  }
}

/** Asks for the permission ahead of the first call, then lets go of the device. */
export async function requestMicrophone(deviceId: string | null = null): Promise<CallFailure | null> {
  try {
    closeStream(await openMicrophone(deviceId));
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

/** The microphone of one call: opened while it rings, changed in the middle of the talk, let go at its end. */
export class CallMicrophone {
  readonly #lost: () => void;
  #stream: Promise<MediaStream> | null = null;

  /** @param lost called when the device goes away during the talk */
  constructor(lost: () => void) {
    this.#lost = lost;
  }

  /** The open stream, opened now when there is none. */
  open(deviceId: string | null): Promise<MediaStream> {
    if (this.#stream) return this.#stream;
    const stream = openMicrophone(deviceId);
    this.#stream = stream;
    // A refusal is told to whoever waits for it; the next attempt asks again.
    stream.catch(() => {
      if (this.#stream === stream) this.#stream = null;
    });
    return stream;
  }

  /** From now on the end of the device is a loss. */
  watch(): void {
    void this.#stream?.then((stream) => {
      const track = stream.getAudioTracks()[0];
      if (track) track.onended = () => this.#lost();
    });
  }

  /** Another device for the talk that goes on; throws MicrophoneError and keeps the old one when it can't be opened. */
  async change(deviceId: string | null, connection: RTCPeerConnection, muted: boolean): Promise<void> {
    const next = await openMicrophone(deviceId);
    const track = next.getAudioTracks()[0];
    const sender = connection.getSenders().find((each) => each.dtmf || each.track?.kind === 'audio');
    if (!track || !sender || connection.signalingState === 'closed') return closeStream(next);
    track.enabled = !muted;
    await sender.replaceTrack(track);
    const before = this.#stream;
    this.#stream = Promise.resolve(next);
    this.watch();
    void before?.then(closeStream, () => {});
  }

  close(): void {
    void this.#stream?.then(closeStream, () => {});
    this.#stream = null;
  }
}
