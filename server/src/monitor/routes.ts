import type { Caller } from '../platform/api.ts';
import { viewerApi } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import type { Store } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';
import { boardAgents } from './agents.ts';
import { alarmsOf } from './alarms.ts';
import { liveCalls } from './calls.ts';
import { DayReader } from './day.ts';
import { boardQueues } from './queues.ts';
import { unitsShown } from './scope.ts';
import { ShownNumbers } from './shown-numbers.ts';
import { todaysFigures } from './today.ts';

export function monitorRoutes({ vault, store }: { vault: Vault; store: Store }) {
  const days = new DayReader(store.system);
  const numbers = new ShownNumbers(vault);
  const board = viewerApi.monitor;
  const begin = async ({ db, caller }: { db: Db; caller: Caller }, unitId: string | undefined) => {
    const reader = { db, all: store.system, numbers, caller };
    const [unitIds, day] = await Promise.all([unitsShown(reader, unitId), days.read()]);
    return { reader, unitIds, day, now: new Date() };
  };
  return {
    agents: board.agents.handler(async ({ input, context }) => {
      const { reader, unitIds, ...at } = await begin(context, input.unitId);
      return { serverTime: at.now, agents: await boardAgents(reader, unitIds, input, at) };
    }),
    queues: board.queues.handler(async ({ input, context }) => {
      const { reader, unitIds, day, now } = await begin(context, input.unitId);
      return { serverTime: now, queues: await boardQueues(reader, unitIds, input, day) };
    }),
    calls: board.calls.handler(async ({ input, context }) => {
      const reader = { db: context.db, all: store.system, numbers, caller: context.caller };
      const unitIds = await unitsShown(reader, input.unitId);
      return { serverTime: new Date(), calls: await liveCalls(reader, unitIds, input) };
    }),
    today: board.today.handler(async ({ input, context }) => {
      const { reader, unitIds, day, now } = await begin(context, input.unitId);
      return { serverTime: now, today: await todaysFigures(reader, unitIds, day) };
    }),
    alarms: board.alarms.handler(async ({ input, context }) => {
      const { reader, unitIds, day, now } = await begin(context, input.unitId);
      const [agents, queues] = await Promise.all([
        boardAgents(reader, unitIds, { signedOut: false }, { day, now }),
        boardQueues(reader, unitIds, {}, day),
      ]);
      return { serverTime: now, alarms: alarmsOf(agents, queues, now) };
    }),
  };
}
