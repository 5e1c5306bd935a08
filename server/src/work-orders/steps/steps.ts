import { sql } from 'kysely';
import type { Db, Queryable } from '../../platform/db.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Actor } from './actor.ts';
import { Graphs } from './graphs.ts';
import { lockOrder } from './order.ts';
import { OrderStep, type StepServices } from './step.ts';
import type { SmsSettings } from './telling.ts';
import { childEnded } from './verbs/children.ts';
import { mergedInto, shareAnswer } from './verbs/merged.ts';

/**
 * Takes steps. They reach units that whoever takes them doesn't see, so they run as the engine: callers have read the order in the scope of
 * who asks before, and verbs judge whose task it is.
 */
export class OrderSteps {
  readonly #db: Db;
  readonly services: StepServices;

  /** `db` sees everything. `sms`: left out, callers get no short messages. `now`: seeds tell of what has happened before. */
  constructor(
    db: Db,
    vault: Vault,
    sms: SmsSettings = { gateway: null, perDay: 0 },
    now = () => new Date(),
    graphs = new Graphs(),
  ) {
    this.#db = db;
    this.services = { vault, sms, graphs, now };
  }

  /** One step in a transaction of its own. Throws NOT_FOUND, and whatever `change` throws: then nothing has happened. */
  take<T>(orderId: string, by: Actor | null, change: (step: OrderStep) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = '10s'; set local lock_timeout = '5s'`.execute(trx);
      return this.within(trx, orderId, by, change);
    });
  }

  /** The same as a part of another transaction. */
  async within<T>(
    trx: Queryable,
    orderId: string,
    by: Actor | null,
    change: (step: OrderStep) => Promise<T>,
  ): Promise<T> {
    const order = await lockOrder(trx, this.services.vault, orderId);
    const step = await OrderStep.begin(trx, this.services, order, by);
    const result = await change(step);
    await step.finish();
    if (step.hasEnded && order.state === 'closed')
      for (const id of await mergedInto(trx, order.id))
        await this.within(trx, id, by, (merged) => shareAnswer(merged, order));
    const { parentId } = order;
    // Children hold their own row first, parents are never in a hurry for theirs.
    if (step.hasEnded && parentId) await this.within(trx, parentId, by, (parent) => childEnded(parent, order));
    return result;
  }
}
