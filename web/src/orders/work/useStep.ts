import type { OrderDetail } from '@rexian/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useChange } from '../../forms/useChange.ts';
import { api } from '../../platform/api.ts';

interface Step<Input> {
  run(input: Input): Promise<{ order: OrderDetail }>;
  done: string;
}

/**
 * A step in an order: what the server answers is shown at once, lists and counters follow. `take` tells the order as it is then, null when
 * the step was refused (`error`); whatever shows the step may be gone by then.
 */
export function useStep<Input>({ run, done }: Step<Input>) {
  const queryClient = useQueryClient();
  const taken = async (input: Input) => {
    const { order } = await run(input);
    queryClient.setQueryData(api.orders.get.queryKey({ input: { id: order.id } }), order);
    return order;
  };
  const step = useChange({ run: taken, touches: [api.orders.list.key(), api.orders.counts.key()], done });
  const take = (input: Input): Promise<OrderDetail | null> => step.mutateAsync(input).catch(() => null);
  return { take, error: step.error, isPending: step.isPending };
}
