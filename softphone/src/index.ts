export { registrationDelay } from './backoff.ts';
export {
  type AudioChoice,
  type AudioDevice,
  type AudioDevices,
  canChooseSpeaker,
  listAudioDevices,
  onDeviceChange,
} from './devices.ts';
export type { EchoState } from './echo.ts';
export { meterMicrophone } from './meter.ts';
export { MicrophoneError, requestMicrophone } from './microphone.ts';
export { Softphone, type SoftphoneEvents, type SoftphoneOptions } from './softphone.ts';
export * from './states.ts';
export { gradeLine, type LineGrade, type LineStatistics, readStatistics } from './statistics.ts';
export { attention, type Pattern, Tones } from './tones.ts';
