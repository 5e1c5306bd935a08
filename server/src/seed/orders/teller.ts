/** Takes an order of the demo along its way, by the steps that people take, at the times at which they would have taken them. */
import type { Registration } from '@rexian/contracts';
import { deadlineOf } from '../../centres/calendars/deadlines.ts';
import type { WorkingHours } from '../../centres/calendars/working-hours.ts';
import { sealNumber } from '../../contacts/caller-number.ts';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import type { Vault } from '../../platform/vault.ts';
import { storedTexts } from '../../work-orders/record/texts.ts';
import { confidentialOf } from '../../work-orders/registration/save.ts';
import { register } from '../../work-orders/registration/submit.ts';
import { type Actor, isTheirs } from '../../work-orders/steps/actor.ts';
import { lookAt } from '../../work-orders/steps/deadlines.ts';
import type { Task } from '../../work-orders/steps/order.ts';
import type { OrderStep } from '../../work-orders/steps/step.ts';
import type { OrderSteps } from '../../work-orders/steps/steps.ts';

/** The clock of an order's steps: moved by whoever tells. */
export interface Clock {
  at: Date;
}

export interface Telling {
  trx: Queryable;
  vault: Vault;
  /** By this clock. */
  steps: OrderSteps;
  clock: Clock;
  /** Nothing happens after it. */
  now: Date;
  /** By login. */
  actor(login: string): Actor;
  /** By whose calendar handlers work. */
  hours: WorkingHours | null;
}

type Registered = Pick<
  Registration,
  'unitId' | 'kind' | 'source' | 'categoryId' | 'urgency' | 'title' | 'content' | 'answer' | 'fields' | 'reference'
> & { number: string; callerNumber: string; callerName: string; region: string; immediate: boolean };

export class OrderTeller {
  readonly #telling: Telling;
  readonly #id: string;
  /** When its deadlines have something to say next. */
  #next: Date | null = null;

  private constructor(telling: Telling, id: string) {
    this.#telling = telling;
    this.#id = id;
  }

  /** At the clock's time. */
  static async registered(telling: Telling, login: string, told: Registered): Promise<OrderTeller> {
    const { trx, vault, clock, actor } = telling;
    const { number, unitId, kind, source, categoryId, urgency, reference, region, title, content, answer, fields } =
      told;
    const id = newId(clock.at.getTime());
    const by = actor(login);
    const { sealed, index, tail } = sealNumber(vault, told.callerNumber);
    const confidential = confidentialOf(kind);
    await trx
      .insertInto('work_orders')
      .values({
        ...{
          id,
          number,
          unit_id: unitId,
          kind,
          source,
          category_id: categoryId,
          urgency,
        },
        ...{ confidential, reference, region, created_at: clock.at, registered_by: by.id },
        ...{ caller_sealed: sealed, caller_index: index, caller_tail: tail },
        ...{
          caller_name_sealed: vault.seal('name', told.callerName),
          caller_name_index: vault.index('name', told.callerName),
        },
        ...storedTexts(vault, { title, content, answer, fields }, confidential !== null),
      })
      .execute();
    const teller = new OrderTeller(telling, id);
    await teller.#take(by, (step) => register(step, { immediate: told.immediate, targets: {} }));
    return teller;
  }

  /** So much later, while handlers work or at any hour, somebody takes a step in the part that is theirs, or in the order as a whole. */
  async later(
    minutes: number,
    login: string | null,
    change: (step: OrderStep, task: Task) => Promise<void>,
    working = true,
  ): Promise<void> {
    const { clock, actor, hours } = this.#telling;
    const at = deadlineOf(hours, clock.at, { amount: minutes, unit: 'minutes', working });
    await this.until(at);
    const by = login === null ? null : actor(login);
    await this.#take(by, async (step) => {
      const task = step.tasks.find((each) => by !== null && isTheirs(by, each)) ?? step.tasks[0];
      if (!task) throw new Error(`nothing is left to do in demo order ${this.#id}`);
      await change(step, task);
    });
  }

  /** Time passes, not beyond the present; deadlines say what they have to say on the way. */
  async until(wanted: Date): Promise<void> {
    const { clock, now } = this.#telling;
    const at = wanted < now ? wanted : now;
    while (this.#next && this.#next <= at) {
      if (this.#next > clock.at) clock.at = this.#next;
      await this.#take(null, (step) => lookAt(step, clock.at));
    }
    if (at > clock.at) clock.at = at;
  }

  #take(by: Actor | null, change: (step: OrderStep) => Promise<void>): Promise<void> {
    const { trx, steps } = this.#telling;
    return steps.within(trx, this.#id, by, async (step) => {
      await change(step);
      const looks = step.order.state === 'open' ? step.tasks.flatMap(({ next_at: at }) => at ?? []) : [];
      this.#next = looks.reduce<Date | null>((first, at) => (first && first <= at ? first : at), null);
    });
  }
}
