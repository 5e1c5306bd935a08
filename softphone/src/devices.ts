export type AudioDevice = { id: string; label: string };
export type AudioDevices = { microphones: AudioDevice[]; speakers: AudioDevice[] };
/** null: what the system uses. */
export type AudioChoice = { microphone: string | null; speaker: string | null };

/** What can be chosen. Names are empty until the microphone was allowed once; browsers without a choice of speakers list none. */
export async function listAudioDevices(): Promise<AudioDevices> {
  const devices = (await (navigator.mediaDevices as MediaDevices | undefined)?.enumerateDevices()) ?? [];
  const of = (kind: MediaDeviceKind, word: string) =>
    devices
      // Chromium lists the system's choice once more under these names.
      .filter((device) => device.kind === kind && device.deviceId !== '' && device.deviceId !== 'communications')
      .filter((device) => device.deviceId !== 'default')
      .map((device, index) => ({ id: device.deviceId, label: device.label || `${word} ${index + 1}` }));
  return {
    microphones: of('audioinput', '麦克风'),
    speakers: canChooseSpeaker() ? of('audiooutput', '扬声器') : [],
  };
}

export const canChooseSpeaker = (): boolean =>
  typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype;

/** Sends an element's sound to a speaker; one that is gone leaves the system's choice in place. */
export async function routeSound(element: HTMLMediaElement, speaker: string | null): Promise<void> {
  if (!canChooseSpeaker() || element.sinkId === (speaker ?? '')) return;
  await element.setSinkId(speaker ?? '').catch(() => element.setSinkId('').catch(() => {}));
}

/** Calls back when a headset is plugged in or out. */
export function onDeviceChange(listener: () => void): () => void {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener('devicechange', listener);
  return () => devices?.removeEventListener('devicechange', listener);
}
