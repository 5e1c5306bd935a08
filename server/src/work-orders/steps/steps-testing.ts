/** Orders for tests of steps: a centre's clerk who sits at every desk, handlers of its district, and orders as they come to lie there. */
import type { BuiltInRole, WorkOrderKind } from '@rexian/contracts';
import { sql } from 'kysely';
import { UnitTree } from '../../centres/tree.ts';
import { newId } from '../../platform/ids.ts';
import { type TestDatabase, testDatabase, testVault } from '../../testing/database.ts';
import { person, seedWorld, type World, type WorldUnit } from '../../testing/world.ts';
import { templateDrawing } from '../../workflows/service.ts';
import { submit } from '../registration/submit.ts';
import { type Actor, actorAt } from './actor.ts';
import type { OrderStep } from './step.ts';
import { OrderSteps } from './steps.ts';
import { completeTask } from './verbs/handle.ts';

const KINDS = ['consultation', 'suggestion', 'complaint'] as const;

export class OrdersUnderTest {
  readonly database: TestDatabase;
  readonly world: World;
  readonly clerk: Actor;
  readonly handler: Actor;
  readonly colleague: Actor;

  private constructor(database: TestDatabase, world: World, [clerk, handler, colleague]: [Actor, Actor, Actor]) {
    this.database = database;
    this.world = world;
    this.clerk = clerk;
    this.handler = handler;
    this.colleague = colleague;
  }

  static async open(): Promise<OrdersUnderTest> {
    const database = await testDatabase();
    const { db } = database;
    const world = await seedWorld(db, testVault);
    const { unit, district } = world.nanning;
    await sql`delete from workflow_versions`.execute(db);
    await sql`delete from workflows`.execute(db);
    for (const kind of KINDS) await publish(database, unit.id, kind);
    const tree = new UnitTree(await db.selectFrom('units').select(['id', 'path', 'name', 'kind', 'active']).execute());
    const as = (of: WorldUnit, login: string, role: BuiltInRole) => actor(database, tree, of, login, role);
    return new OrdersUnderTest(database, world, [
      await as(unit, 'clerk', 'centre_admin'),
      await as(district, 'handler', 'handler'),
      await as(district, 'colleague', 'handler'),
    ]);
  }

  get district() {
    return { unitId: this.world.nanning.district.id, desk: null, personId: null };
  }

  get centre() {
    return { unitId: this.world.nanning.unit.id, desk: null, personId: null };
  }

  take(id: string, by: Actor | null, change: (step: OrderStep) => Promise<void>): Promise<void> {
    return new OrderSteps(this.database.store.system, testVault).take(id, by, change);
  }

  async draft(kind: WorkOrderKind = 'suggestion'): Promise<string> {
    const id = newId();
    const desk = kind === 'complaint' ? kind : null;
    const sealed = desk && testVault.seal('work_order', '{"title":"t","content":"内容"}');
    await sql`insert into work_orders (id, number, unit_id, source, kind, content, created_at, registered_by, confidential, texts_sealed)
      values (${id}, ${`T${id.slice(-12)}`}, ${this.centre.unitId}, 'letter', ${kind}, ${desk ? '' : '内容'}, now(), ${this.clerk.id},
        ${desk}, ${sealed})`.execute(this.database.db);
    return id;
  }

  async submitted(kind: WorkOrderKind = 'suggestion'): Promise<string> {
    const id = await this.draft(kind);
    await this.take(id, this.clerk, (step) => submit(step, { revision: 1, immediate: false, targets: {} }));
    return id;
  }

  /** It lies at the district. */
  async dispatched(): Promise<string> {
    const id = await this.submitted();
    await this.take(id, this.clerk, (step) => this.send(step));
    return id;
  }

  send(step: OrderStep): Promise<void> {
    const done = { outcome: '派发', opinion: '请办理', targets: { handle: this.district } };
    return completeTask(step, firstOf(step), done);
  }
}

/** Of its open parts. */
export const firstOf = ({ tasks }: OrderStep): string => tasks[0]?.id ?? '';

async function publish({ db }: TestDatabase, unitId: string, kind: (typeof KINDS)[number]): Promise<void> {
  const id = newId();
  const drawing = await templateDrawing(kind);
  await db.insertInto('workflows').values({ id, unit_id: unitId, kind, name: kind }).execute();
  await db
    .insertInto('workflow_versions')
    .values({ workflow_id: id, version: 1, drawing, published_by: 'x' })
    .execute();
}

async function actor({ db }: TestDatabase, tree: UnitTree, unit: WorldUnit, login: string, role: BuiltInRole) {
  const id = await person(db, unit, login, [role], 'subtree');
  const { rows } = await sql<{ permissions: Actor['permissions'] }>`select array_agg(distinct each) as permissions
    from person_roles pr join roles r on r.id = pr.role_id, unnest(r.permissions) each where pr.person_id = ${id}`.execute(
    db,
  );
  return actorAt(tree, unit.id, { id, name: login, permissions: rows[0]?.permissions ?? [] });
}
