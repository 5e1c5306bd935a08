/** The way of a call through flows, read from its events. */
import type { ContactEventType, PathStep } from '@rexian/contracts';
import type { NodeTold } from '../contacts/ledger.ts';

/** What of a contact's timeline tells of flows. */
export const WAY_EVENTS = ['node_entered', 'key_pressed', 'fault', 'ended'] as const satisfies ContactEventType[];

export interface WayEvent {
  type: (typeof WAY_EVENTS)[number];
  at: Date;
  data: Record<string, unknown>;
}

interface WayFlow {
  id: string;
  version: number;
}

export interface Way {
  /** In the order in which the call came to them. */
  flows: WayFlow[];
  steps: PathStep[];
}

/** `own`: the contact's flow, for events from before the time when each named its own. `events` in order. */
export function wayOf(events: readonly WayEvent[], own: WayFlow | null): Way {
  const flows: WayFlow[] = [];
  const indexOf = ({ flowId, flowVersion }: Partial<NodeTold>): number | null => {
    const flow = flowId === undefined ? own : flowId === null ? null : { id: flowId, version: flowVersion ?? 0 };
    if (!flow) return null;
    const known = flows.findIndex(({ id, version }) => id === flow.id && version === flow.version);
    return known >= 0 ? known : flows.push(flow) - 1;
  };
  const steps: PathStep[] = [];
  for (const { type, at, data } of events) {
    const step = steps.at(-1);
    if (type === 'node_entered') {
      const told = data as Partial<NodeTold>;
      const flow = indexOf(told);
      if (told.resumed && step && step.node === told.node && step.flow === flow) {
        step.resumed = true;
        continue;
      }
      if (step) step.ms = between(step.at, at);
      const before = steps.findLast((each) => each.flow === flow && each.node === told.from);
      if (before && told.exit) before.exit = told.exit;
      const { node = '', title = node, nodeType = '' } = told;
      steps.push({ at, flow, node, title, nodeType, exit: null, ms: null, keys: [], faults: [], resumed: false });
    } else if (type === 'key_pressed' && data.key !== undefined)
      step?.keys.push({ at, key: String(data.key), label: typeof data.label === 'string' ? data.label : null });
    else if (type === 'fault') step?.faults.push({ at, reason: String(data.reason ?? data.error ?? '') });
    else if (type === 'ended' && step) step.ms = between(step.at, at);
  }
  return { flows, steps };
}

const between = (from: Date, to: Date) => Math.max(0, to.getTime() - from.getTime());
