/** Whom somebody can send a short message, and what is known for its variables: put together from the features that know it. */
import { sql } from 'kysely';
import { reachableUnit, reachableUnits } from './centres/reach.ts';
import type { Trees } from './centres/trees.ts';
import { contactScope } from './contacts/scope.ts';
import { customerOfNumber } from './customers/queries.ts';
import type { Caller } from './platform/api.ts';
import { momentOf } from './platform/clock.ts';
import type { Db } from './platform/db.ts';
import { refusal } from './platform/errors.ts';
import type { RowScope, Store } from './platform/store.ts';
import type { Vault } from './platform/vault.ts';
import type { Addressee } from './sms/outbox.ts';
import { orderScope } from './work-orders/order-routes.ts';
import { orderAddressee } from './work-orders/record/addressee.ts';
import { actorOf } from './work-orders/steps/actor.ts';

export interface About {
  contactId?: string | undefined;
  orderId?: string | undefined;
}

export class Addressees {
  readonly #store: Store;
  readonly #vault: Vault;
  readonly #trees: Trees;

  constructor({ store, vault, trees }: { store: Store; vault: Vault; trees: Trees }) {
    this.#store = store;
    this.#vault = vault;
    this.#trees = trees;
  }

  /** Whoever serves a call may write to its caller: the own centre counts, and whatever else is in reach. */
  scopeOf({ deskScope, scope }: Caller): RowScope {
    return { ...deskScope, patterns: [...new Set([...deskScope.patterns, ...scope.patterns])] };
  }

  /** Throws NOT_FOUND. */
  async find(caller: Caller, { contactId, orderId }: About): Promise<Addressee> {
    const { agentNumber } = caller.viewer;
    const found =
      orderId === undefined ? await this.#contact(caller, contactId ?? '') : await this.#order(caller, orderId);
    return { ...found, values: { ...found.values, ...(agentNumber ? { 坐席工号: agentNumber } : {}) } };
  }

  async #contact(caller: Caller, id: string): Promise<Addressee> {
    const scope = this.scopeOf(caller);
    const db = this.#store.scoped(scope);
    const { rows } = await sql<{ sealed: Buffer | null; unitId: string; calledNumber: string; at: Date }>`
      select c.caller_sealed as sealed, c.unit_id as "unitId", c.called_number as "calledNumber", c.arrived_at as at
      from contacts c
      where c.id = ${id} and ${contactScope(caller)} and c.unit_id in (${reachableUnits({ scope })})`.execute(db);
    const [row] = rows;
    if (!row) throw refusal('NOT_FOUND', '没有找到通话');
    const { unitId, calledNumber, at } = row;
    const number = row.sealed && this.#vault.open('number', row.sealed);
    const centre = await centreOf(this.#store.system, unitId);
    const customer = number === null ? null : await customerOfNumber(db, this.#vault, centre?.id ?? unitId, number);
    const values = {
      ...{ 姓名: customer?.name || '纳税人', 中心名称: centre?.name ?? '' },
      ...{ 热线号码: calledNumber, 受理时间: momentOf(at) },
    };
    return { unitId, contactId: id, orderId: null, number, values };
  }

  async #order(caller: Caller, id: string): Promise<Addressee> {
    const actor = actorOf(caller, await this.#trees.tree());
    const found = await orderAddressee(this.#store.scoped(orderScope(caller, actor)), this.#vault, id);
    // Of a centre out of reach, whose order came here: the sender's own unit has the message.
    const scope = this.scopeOf(caller);
    const inReach = await reachableUnit(this.#store.scoped(scope), { scope }, found.unitId);
    return inReach ? found : { ...found, unitId: caller.viewer.unit.id };
  }
}

/** The centre that a unit belongs to; its customers are kept there. */
async function centreOf(system: Db, unitId: string): Promise<{ id: string; name: string } | undefined> {
  const { rows } = await sql<{ id: string; name: string }>`select centre.id, centre.name from units u
    join units centre on centre.path @> u.path and centre.kind = 'centre'
    where u.id = ${unitId} order by nlevel(centre.path) desc limit 1`.execute(system);
  return rows[0];
}
