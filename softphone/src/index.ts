export { registrationDelay } from './backoff.ts';
export { MicrophoneError, requestMicrophone } from './microphone.ts';
export { Softphone, type SoftphoneEvents, type SoftphoneOptions } from './softphone.ts';
export * from './states.ts';
export { gradeLine, type LineGrade, type LineStatistics, readStatistics } from './statistics.ts';
