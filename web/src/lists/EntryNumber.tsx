import type { ListEntry } from '@rexian/contracts';
import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { RevealButton } from '../contacts/CallerNumber.tsx';
import { client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { readableNumber } from '../platform/format.ts';

/** Masked; who may sees the whole number in this place, and each look is on record. */
export function EntryNumber({ entry }: { entry: ListEntry }) {
  const { message } = App.useApp();
  const reveal = useMutation({
    mutationFn: () => client.lists.reveal({ id: entry.id }),
    onError: (error) => void message.error(errorText(error)),
    gcTime: 0,
  });
  return (
    <span className="revealable">
      <span className="num">{readableNumber(reveal.data?.number ?? entry.number)}</span>
      {entry.can.reveal && (
        <RevealButton
          revealed={reveal.data !== undefined}
          busy={reveal.isPending}
          onClick={() => (reveal.data ? reveal.reset() : reveal.mutate())}
        />
      )}
    </span>
  );
}
