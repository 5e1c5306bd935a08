/** A work order while a step is taken in it: its row, locked, and the parts that are open. */
import type {
  VisitResult,
  WorkOrderDesk,
  WorkOrderKind,
  WorkOrderSource,
  WorkOrderState,
  WorkOrderUrgency,
} from '@rexian/contracts';
import type { Marking } from '@rexian/workflows/marking.ts';
import { type Selectable, sql } from 'kysely';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import type { OrderTables } from '../../platform/schema-orders.ts';
import type { Vault } from '../../platform/vault.ts';
import { type OrderTexts, openTexts, type StoredTexts, textColumns } from '../record/texts.ts';

export type Task = Selectable<OrderTables['work_order_tasks']>;

export interface Order {
  id: string;
  number: string;
  unitId: string;
  unitPath: string;
  unitName: string;
  kind: WorkOrderKind;
  source: WorkOrderSource;
  state: WorkOrderState;
  urgency: WorkOrderUrgency;
  confidential: WorkOrderDesk | null;
  immediate: boolean;
  anonymous: boolean;
  /** 回访 was made once: what follows is a second handling. */
  redone: boolean;
  /** What the last of them said. */
  satisfaction: VisitResult | null;
  categoryId: string | null;
  contactId: string | null;
  registeredBy: string | null;
  workflowId: string | null;
  workflowVersion: number | null;
  marking: Marking | null;
  suspendedAt: Date | null;
  parentId: string | null;
  placeIds: readonly string[];
  revision: number;
  texts: OrderTexts;
}

type Row = Omit<Order, 'texts'> & StoredTexts;

/** Locked until the transaction ends. Throws NOT_FOUND. */
export const lockOrder = (trx: Queryable, vault: Vault, id: string): Promise<Order> =>
  orderOf(trx, vault, id, sql`for update of w`);

/** Throws NOT_FOUND. */
export async function orderOf(trx: Queryable, vault: Vault, id: string, lock = sql``): Promise<Order> {
  const { rows } = await sql<Row>`
    select w.id, w.number, w.unit_id as "unitId", u.path::text as "unitPath", u.name as "unitName", w.kind, w.source, w.state, w.urgency,
      w.confidential, w.immediate, w.anonymous, w.satisfaction is not null as redone, w.satisfaction, w.category_id as "categoryId",
      w.contact_id as "contactId", w.registered_by as "registeredBy", w.workflow_id as "workflowId",
      w.workflow_version as "workflowVersion", w.marking, w.suspended_at as "suspendedAt", w.parent_id as "parentId",
      w.place_ids as "placeIds", w.revision, ${textColumns('w')}
    from work_orders w join units u on u.id = w.unit_id where w.id = ${id} ${lock}`.execute(trx);
  const [row] = rows;
  if (!row) throw refusal('NOT_FOUND', '没有找到工单');
  const { title, content, answer, fields, textsSealed, ...order } = row;
  return { ...order, texts: openTexts(vault, row) };
}

export const openTasks = (trx: Queryable, orderId: string): Promise<Task[]> =>
  trx
    .selectFrom('work_order_tasks')
    .selectAll()
    .where('order_id', '=', orderId)
    .where('done_at', 'is', null)
    .orderBy('id')
    .execute();
