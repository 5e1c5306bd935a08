import { type AudioDevices, listAudioDevices, onDeviceChange } from '@rexian/softphone';
import { useCallback, useEffect, useState } from 'react';

/** What is plugged in now. `refresh`: names show only once the microphone was allowed. */
export function useAudioDevices(): { devices: AudioDevices; refresh(): void } {
  const [devices, setDevices] = useState<AudioDevices>({ microphones: [], speakers: [] });
  const refresh = useCallback(() => {
    void listAudioDevices().then(setDevices, () => {});
  }, []);
  useEffect(() => {
    refresh();
    return onDeviceChange(refresh);
  }, [refresh]);
  return { devices, refresh };
}
