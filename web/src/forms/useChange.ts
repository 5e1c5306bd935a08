import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useCallback } from 'react';
import { errorText } from '../platform/errors.ts';
import { withAnswer } from './answered.ts';

interface Change<Input, Output> {
  run(input: Input): Promise<Output>;
  /** Queries that are no longer true afterwards. */
  touches: readonly QueryKey[];
  /** What is said when it is done. */
  done?: string | ((output: Output, input: Input) => string);
}

/** A change that a form sends; the form shows the refusal itself (`error`) and keeps what was typed. */
export function useChange<Input, Output>({ run, touches, done }: Change<Input, Output>) {
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: (output, input) => {
      const text = typeof done === 'function' ? done(output, input) : done;
      if (text) void message.success(text);
      for (const queryKey of touches) {
        queryClient.setQueriesData({ queryKey }, (data: unknown) => withAnswer(data, output));
        // Not awaited: the form closes at once, the rest of what is behind it follows.
        void queryClient.invalidateQueries({ queryKey });
      }
    },
  });
}

/** A change made by a single click: a refusal is said as a message. */
export function useAction<Input, Output>(change: Change<Input, Output>) {
  const { message } = App.useApp();
  const { mutateAsync, isPending } = useChange(change);
  const act = useCallback(
    (input: Input) => mutateAsync(input).catch((error: unknown) => void message.error(errorText(error), 6)),
    [mutateAsync, message],
  );
  return { act, busy: isPending };
}
