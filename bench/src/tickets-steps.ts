/** Saving and steps of `bench tickets` as the routes take them, without HTTP: in the scope of who saves, as the engine for steps. */
import type { BuiltInRole } from '@rexian/contracts';
import { callerOf } from '@rexian/server/auth/viewers.ts';
import { UnitTree } from '@rexian/server/centres/tree.ts';
import { builtInPermissions } from '@rexian/server/platform/built-in-roles.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import type { Store } from '@rexian/server/platform/store.ts';
import type { Vault } from '@rexian/server/platform/vault.ts';
import { orderScope } from '@rexian/server/work-orders/order-routes.ts';
import { saveDraft } from '@rexian/server/work-orders/registration/save.ts';
import { submit } from '@rexian/server/work-orders/registration/submit.ts';
import { type Actor, actorOf } from '@rexian/server/work-orders/steps/actor.ts';
import type { OrderStep } from '@rexian/server/work-orders/steps/step.ts';
import { OrderSteps } from '@rexian/server/work-orders/steps/steps.ts';
import { completeTask, returnTask, sign, transferTask } from '@rexian/server/work-orders/steps/verbs/handle.ts';
import type { Random } from '@rexian/simulate';
import { dispatcherRole, handlerRole, registrarRole, type SeededRole } from './tickets-data.ts';
import { drawnRegistration, type Handler, type Stage, stagesOf, type Team } from './tickets-way.ts';

export type Timed = <T>(asked: 'save' | 'step', name: string, work: () => Promise<T>) => Promise<T>;

const roleOf: Record<keyof Team, SeededRole> = {
  ...{ registrar: registrarRole, dispatcher: dispatcherRole, district: handlerRole, office: handlerRole },
};

export class TicketSteps {
  readonly #store: Store;
  readonly #vault: Vault;
  readonly #tree: UnitTree;
  readonly #steps: OrderSteps;

  private constructor(store: Store, vault: Vault, tree: UnitTree) {
    this.#store = store;
    this.#vault = vault;
    this.#tree = tree;
    this.#steps = new OrderSteps(store.system, vault);
  }

  static async open(store: Store, vault: Vault): Promise<TicketSteps> {
    const columns = ['id', 'path', 'name', 'kind', 'active'] as const;
    return new TicketSteps(
      store,
      vault,
      new UnitTree(await store.system.selectFrom('units').select(columns).execute()),
    );
  }

  /** One order from the first save to the end of its workflow. */
  async walk(team: Team, categoryId: string, random: Random, timed: Timed): Promise<void> {
    const { registration, answer } = drawnRegistration(team, categoryId, random);
    const { caller, actor, scope } = this.#callerOf(team.registrar, roleOf.registrar);
    const reader = { db: this.#store.scoped(scope), vault: this.#vault, caller, scope };
    const id = newId();
    const save = (revision: number | null, title: string) =>
      saveDraft(reader, this.#store.system, id, revision, { ...registration, title });
    const draft = await timed('save', 'draft', () => save(null, ''));
    const { revision } = await timed('save', 'change', () => save(draft.revision, registration.title));
    await timed('step', 'submit', () =>
      this.#steps.take(id, actor, (step) => submit(step, { revision, immediate: false, targets: {} })),
    );
    for (const stage of stagesOf(team, answer)) {
      const { actor: by } = this.#callerOf(team[stage.by], roleOf[stage.by]);
      await timed('step', stage.name, () => this.#steps.take(id, by, (step) => taken(step, stage)));
    }
    const { state } = await this.#store.system
      .selectFrom('work_orders')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (state !== 'closed') throw new Error(`order ${id} has come to its end ${state}`);
  }

  #callerOf({ unitId, personId }: Handler, { role, scope }: SeededRole) {
    const home = this.#tree.unit(unitId);
    if (!home) throw new Error(`no unit ${unitId}`);
    const caller = callerOf(this.#tree, home, {
      ...{ kind: 'person', id: personId, login: personId, name: '人员', agentNumber: null, roles: [] },
      ...{ permissions: builtInPermissions[role satisfies BuiltInRole], scope, entitled: [], chosenUnitId: null },
      ...{ sessionId: null, due: null },
    });
    const actor: Actor = actorOf(caller, this.#tree);
    return { caller, actor, scope: orderScope(caller, actor) };
  }
}

function taken(step: OrderStep, stage: Stage): Promise<void> {
  const [task] = step.tasks;
  if (!task) throw new Error('nothing is open');
  switch (stage.verb) {
    case 'sign':
      return sign(step, task.id);
    case 'transfer':
      return transferTask(step, task.id, { desk: null, personId: null, ...stage.to }, stage.reason);
    case 'return':
      return returnTask(step, task.id, stage.node, stage.reason);
    case 'complete':
      return completeTask(step, task.id, { ...stage, targets: targetsOf(stage.targets) });
  }
}

const targetsOf = (targets: Record<string, { unitId: string }> = {}) =>
  Object.fromEntries(Object.entries(targets).map(([node, to]) => [node, { desk: null, personId: null, ...to }]));
