import type { FlowOptions } from '@rexian/contracts';
import type { Known } from '@rexian/flows/validate.ts';

/** What nodes of that flow may point to, as `validate` asks for it. */
export function knownOf({ queues, people, accessCodes, flows, prompts }: FlowOptions, flowId: string): Known {
  const ids = (all: readonly { id: string }[]) => new Set(all.map(({ id }) => id));
  return {
    queue: ids(queues),
    person: ids(people),
    access_code: ids(accessCodes),
    flow: new Map(flows.map(({ id, goesInto }) => [id, goesInto])),
    prompt: new Set(prompts.map(({ name }) => name)),
    self: flowId,
  };
}
