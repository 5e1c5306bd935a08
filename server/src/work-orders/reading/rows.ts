/** Lines of lists: orders with what lies where, as the viewer may know them. */
import type { OrderRequestKind, OrderRow, OrderTaskKind, OrderTaskState, PersonRef, UnitRef } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { unitRefOf } from '../../auth/viewers.ts';
import { personJson } from '../../centres/reach.ts';
import type { Queryable } from '../../platform/db.ts';
import { maskName, maskNumber } from '../../platform/masking.ts';
import type { OrderReader } from '../record/reader.ts';
import { openTexts, type StoredTexts, textColumns, titleOf } from '../record/texts.ts';
import { type Actor, isTheirs } from '../steps/actor.ts';

export type ActingReader = OrderReader & {
  actor: Actor;
  /** Sees everything: who sees an order sees who has a part in it, people of other units as well. */
  all: Queryable;
};
/** The same of somebody who isn't there. */
export type ListReader = Omit<ActingReader, 'caller'>;

interface Lying {
  id: string;
  title: string;
  state: OrderTaskState;
  kind: OrderTaskKind;
  unitId: string;
  desk: string | null;
  person: PersonRef | null;
  dueAt: string | null;
  warnAt: string | null;
  signDueAt: string | null;
}

/** What the order's own row says: read as the viewer, row-level security being the judge. */
export type StoredRow = Omit<
  OrderRow,
  'unit' | 'title' | 'confidential' | 'callerNumber' | 'callerName' | keyof Beside
> &
  StoredTexts & {
    unitId: string;
    confidential: string | null;
    anonymous: boolean;
    caller: Buffer | null;
    callerName: Buffer | null;
  };

/** What stands in other tables: whoever sees an order sees who has a part in it, people of other units as well. */
interface Beside {
  category: string | null;
  registeredBy: PersonRef | null;
  tasks: Lying[];
  urges: number;
  asked: OrderRequestKind[];
}

/** Of `work_orders w`. */
export const rowColumns: RawBuilder<unknown> = sql`w.id, w.number, w.unit_id as "unitId", w.kind, w.source, w.state, w.urgency,
  ${textColumns('w')}, w.confidential, w.anonymous, w.caller_sealed as caller, w.caller_name_sealed as "callerName",
  coalesce(w.registered_at, w.created_at) as "registeredAt", w.due_at as "dueAt", w.warn_at as "warnAt", w.closed_at as "closedAt",
  w.revision`;

/** Of orders that somebody has been shown. */
export async function besideRows(all: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, Beside>> {
  const { rows } = await sql<
    Beside & { id: string }
  >`select w.id, g.name as category, ${personJson('w.registered_by', 'p')} as "registeredBy",
      coalesce((select json_agg(json_build_object('id', t.id, 'title', t.title, 'state', t.state, 'kind', t.kind, 'desk', t.desk,
          'unitId', t.unit_id, 'person', ${personJson('t.person_id', 'tp')}, 'dueAt', t.due_at, 'warnAt', t.warn_at,
          'signDueAt', case when t.signed_at is null then t.sign_due_at end) order by t.arrived_at, t.id)
        from work_order_tasks t left join people tp on tp.id = t.person_id where t.order_id = w.id and t.done_at is null), '[]') as tasks,
      (select count(*)::int from work_order_urges c where c.order_id = w.id and c.answered_at is null) as urges,
      array(select r.kind from work_order_requests r where r.order_id = w.id and r.state = 'waiting' order by r.id) as asked
    from work_orders w left join categories g on g.id = w.category_id left join people p on p.id = w.registered_by
    where w.id = any(${ids as string[]}::uuid[])`.execute(all);
  return new Map(rows.map(({ id, ...beside }) => [id, beside]));
}

/** Orders come from units out of reach, too: the tree knows them all, and asking the table costs more than the rest of the row. */
export function unitNamed({ tree }: Actor, id: string): UnitRef {
  const unit = tree.unit(id);
  return unit ? unitRefOf(unit) : { id, name: '其他单位', path: '-' };
}

const dateOf = (written: string | null): Date | null => (written === null ? null : new Date(written));

export function rowShown({ vault, actor }: ListReader, row: StoredRow, beside: Beside | undefined): OrderRow {
  const { content: _, answer: _a, fields: _f, textsSealed: _t, unitId, anonymous, caller, confidential, ...rest } = row;
  const { tasks, ...facts } = beside ?? { category: null, registeredBy: null, tasks: [], urges: 0, asked: [] };
  return {
    ...{ ...rest, ...facts },
    unit: unitNamed(actor, unitId),
    title: titleOf(openTexts(vault, row)),
    confidential: confidential !== null,
    callerNumber: caller ? maskNumber(vault.open('number', caller)) : '',
    callerName: anonymous ? '匿名' : row.callerName ? maskName(vault.open('name', row.callerName)) : '',
    tasks: tasks
      .map(({ unitId: at, desk, dueAt, warnAt, signDueAt, ...task }) => ({
        ...task,
        unit: unitNamed(actor, at),
        ...{ dueAt: dateOf(dueAt), warnAt: dateOf(warnAt), signDueAt: dateOf(signDueAt) },
        mine:
          task.kind !== 'wait' &&
          isTheirs(actor, { unit_id: at, desk: desk as never, person_id: task.person?.id ?? null }),
      }))
      .sort((a, b) => Number(b.mine) - Number(a.mine)),
  };
}
