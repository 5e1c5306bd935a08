/** Tables of work orders; `migrations/0007`, `0011`, `0012`, `0017`. */
import type {
  OrderEventType,
  OrderRequestKind,
  OrderRequestState,
  OrderTaskKind,
  OrderTaskState,
  OrderUrgeKind,
  VisitResult,
  VoicemailScene,
  WorkOrderDesk,
  WorkOrderKind,
  WorkOrderSource,
  WorkOrderState,
  WorkOrderUrgency,
} from '@rexian/contracts';
import type { Marking } from '@rexian/workflows/marking.ts';
import type { ColumnType, JSONColumnType } from 'kysely';

type Json = Record<string, unknown>;
type Defaulted<T> = ColumnType<T, T | undefined, T>;

export interface OrderTables {
  work_orders: {
    id: string;
    /** `GD202611220001`: counted anew each day in Beijing time. */
    number: string;
    unit_id: string;
    source: WorkOrderSource;
    state: Defaulted<WorkOrderState>;
    kind: Defaulted<WorkOrderKind>;
    urgency: Defaulted<WorkOrderUrgency>;
    category_id: string | null;
    /** The desk that alone may read it, beside those who have a part in it; null: whoever has the order in reach. */
    confidential: WorkOrderDesk | null;
    title: Defaulted<string>;
    content: Defaulted<string>;
    answer: Defaulted<string>;
    fields: JSONColumnType<Json, string | undefined, string>;
    form_id: string | null;
    form_version: number | null;
    /** JSON of title, content, answer and fields, which are empty then: confidential, or left by a caller and looked at by nobody yet. */
    texts_sealed: Buffer | null;
    tags: Defaulted<string[]>;
    reference: Defaulted<string>;
    content_index: Buffer | null;
    /** null: withheld. */
    caller_sealed: Buffer | null;
    caller_index: Buffer | null;
    caller_tail: Buffer | null;
    caller_name_sealed: Buffer | null;
    caller_name_index: Buffer | null;
    anonymous: Defaulted<boolean>;
    region: Defaulted<string>;
    tax_sealed: Buffer | null;
    tax_index: Buffer | null;
    tax_name: Defaulted<string>;
    contact_id: string | null;
    recording_id: string | null;
    scene: VoicemailScene | null;
    /** Of the flow that made it. */
    node: string | null;
    created_at: Date;
    immediate: Defaulted<boolean>;
    registered_by: string | null;
    registered_at: Date | null;
    /** When it reached the centre, if not when it was registered. */
    occurred_at: Date | null;
    workflow_id: string | null;
    workflow_version: number | null;
    marking: JSONColumnType<Marking, string | null, string | null> | null;
    due_at: Date | null;
    /** From then on it is near (临期): the first of its parts. */
    warn_at: Date | null;
    closed_at: Date | null;
    satisfaction: VisitResult | null;
    suspended_at: Date | null;
    suspended_until: Date | null;
    parent_id: string | null;
    merged_into: string | null;
    place_ids: Defaulted<string[]>;
    person_ids: Defaulted<string[]>;
    /** Of a message that is dealt with without a workflow. */
    assigned_to: string | null;
    assigned_at: Date | null;
    handled_by: string | null;
    handled_at: Date | null;
    /** What was done, or why nothing has to be. */
    outcome: Defaulted<string>;
    /** Counts changes; a change says which one it was made from. */
    revision: Defaulted<number>;
  };
  work_order_tasks: {
    id: string;
    order_id: string;
    token: number;
    node: string;
    title: string;
    kind: Defaulted<OrderTaskKind>;
    lead_id: string | null;
    state: OrderTaskState;
    unit_id: string;
    desk: WorkOrderDesk | null;
    person_id: string | null;
    sent_by: string | null;
    sent_from: string;
    arrived_at: Date;
    sign_due_at: Date | null;
    signed_at: Date | null;
    signed_by: string | null;
    due_at: Date | null;
    sign_late_at: Date | null;
    /** From then on it is near (临期). */
    warn_at: Date | null;
    warned_at: Date | null;
    overdue_at: Date | null;
    next_at: Date | null;
    timed: Defaulted<boolean>;
    done_at: Date | null;
    done_by: string | null;
    outcome: Defaulted<string>;
    /** Of each who typed: work-orders/record/drafts.ts. */
    draft_sealed: Buffer | null;
    order_open: Defaulted<boolean>;
  };
  work_order_events: {
    id: string;
    order_id: string;
    task_id: string | null;
    /** Rising. */
    sequence: ColumnType<string, never, never>;
    at: Date;
    type: OrderEventType;
    person_id: string | null;
    unit_id: string | null;
    title: string;
    text: Defaulted<string>;
    /** Of a confidential order, in place of `text`. */
    text_sealed: Buffer | null;
    data: JSONColumnType<Json, string | undefined, never>;
  };
  work_order_requests: {
    id: string;
    order_id: string;
    task_id: string;
    kind: OrderRequestKind;
    state: Defaulted<OrderRequestState>;
    until: Date | null;
    reason: string;
    asked_by: string;
    asked_at: Date;
    unit_id: string;
    decided_by: string | null;
    decided_at: Date | null;
    note: Defaulted<string>;
    /** JSON of reason and note, which are empty then: of a confidential order. */
    texts_sealed: Buffer | null;
  };
  work_order_urges: {
    id: string;
    order_id: string;
    task_id: string | null;
    kind: OrderUrgeKind;
    unit_id: string;
    person_id: string | null;
    /** Either of the two: a colleague, or the platform that the order came from. */
    by_person: string | null;
    by_partner: string | null;
    at: Date;
    text: string;
    answered_by: string | null;
    answered_at: Date | null;
    answer: Defaulted<string>;
    /** JSON of text and answer, which are empty then: of a confidential order. */
    texts_sealed: Buffer | null;
  };
  /** What was done on a day in a node: lengths in buckets, and how many of each. */
  work_order_node_days: {
    day: string;
    unit_id: string;
    kind: WorkOrderKind;
    /** Empty: everybody's. */
    confidential: WorkOrderDesk | '';
    node: string;
    title: string;
    buckets: number[];
    counts: number[];
  };
  saved_filters: { id: string; person_id: string; list: string; name: string; query_sealed: Buffer };
  work_order_copies: { order_id: string; person_id: string; by_person: string; at: Date; read_at: Date | null };
  /** What orders are found by: written by index_order, read by found_work_orders. */
  work_order_search: { order_id: string; facets: number[]; grams: number[]; text: string };
}
