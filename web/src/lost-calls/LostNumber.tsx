import type { LostCall } from '@rexian/contracts';
import { RevealableNumber } from '../personal/reveal.tsx';
import { client } from '../platform/api.ts';

export function LostNumber({ call: { id, callerNumber, can } }: { call: LostCall }) {
  const ask = async () => (await client.lostCalls.reveal({ id })).callerNumber;
  return <RevealableNumber number={callerNumber} masked={can.reveal} ask={ask} />;
}
