import {
  type NextNode,
  type OrderForm,
  type Registration,
  type WorkflowInForce,
  workOrderDesk,
} from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';

export interface Next {
  /** Answered, it is closed by being handed in; null: not known yet. */
  closesAtOnce: boolean | null;
  /** Where it goes when it is handed in otherwise. */
  nodes: NextNode[];
  /** Nodes that the registrar decides about. */
  asked: string[];
  /** By what it walks. */
  workflow: WorkflowInForce | null;
  error: unknown;
}

/** Where the order goes: asked again when what decides about it changes. */
export function useNext({ unitId, kind, urgency, source, anonymous, categoryId }: Registration): Next {
  const facts = { unitId, kind, urgency, source, anonymous, categoryId };
  const options = (immediate: boolean) =>
    api.orders.firstSteps.queryOptions({ input: { ...facts, immediate }, staleTime: 60_000, retry: false });
  const { data, error } = useQuery(options(false));
  const { data: atOnce } = useQuery(options(true));
  const nodes = data?.nodes ?? [];
  const asked = nodes.filter(({ to }) => to === null).map(({ node }) => node);
  return { closesAtOnce: atOnce?.ends ?? null, nodes, asked, workflow: data?.workflow ?? null, error };
}

/** What the unit asks for of orders of the kind, beyond what every order has; null: nothing, or it isn't known yet. */
export function useOwnForm({ unitId, kind }: Registration): OrderForm | null {
  const { data } = useQuery(api.orderForms.inForce.queryOptions({ input: { unitId, kind }, staleTime: 300_000 }));
  return data?.form ?? null;
}

/** `派单：南宁市税务局 派单席`. */
export function placeText({ title, to }: NextNode): string {
  if (!to) return title;
  const who = to.person?.name ?? (to.desk ? workOrderDesk.labels[to.desk] : '');
  return `${title}：${to.unit.name}${who && ` ${who}`}`;
}
