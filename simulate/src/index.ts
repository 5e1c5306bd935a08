export { type CallAddress, NotAnswered, type SimulatedCaller } from './caller.ts';
export { Carrier, type CarrierOptions } from './carrier.ts';
export { freePort } from './carrier-process.ts';
export type { Ear } from './ear.ts';
export type { Leg, LegEnd } from './leg.ts';
export type { Answering, PhoneAccess, PhoneCall, PhoneEvents, SimulatedPhone } from './phone.ts';
export { type Api, PlatformSession } from './platform.ts';
export { NotRegistered } from './registrations.ts';
export { AGENT_SENTENCES, CALLER_SENTENCES, type Sound, Sounds } from './sounds.ts';
