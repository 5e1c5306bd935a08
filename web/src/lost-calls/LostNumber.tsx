import type { LostCall } from '@rexian/contracts';
import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { RevealButton } from '../contacts/CallerNumber.tsx';
import { client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { readableNumber } from '../platform/format.ts';
import '../contacts/reveal.css';

/** Masked; who may sees the whole number in this place, and each look is on record. */
export function LostNumber({ call }: { call: LostCall }) {
  const { message } = App.useApp();
  const reveal = useMutation({
    mutationFn: () => client.lostCalls.reveal({ id: call.id }),
    onError: (error) => void message.error(errorText(error)),
    gcTime: 0,
  });
  return (
    <span className="revealable">
      <span className="num">{readableNumber(reveal.data?.callerNumber ?? call.callerNumber)}</span>
      {call.can.reveal && (
        <RevealButton
          revealed={reveal.data !== undefined}
          busy={reveal.isPending}
          onClick={() => (reveal.data ? reveal.reset() : reveal.mutate())}
        />
      )}
    </span>
  );
}
