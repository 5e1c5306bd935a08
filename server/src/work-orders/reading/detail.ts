/** An order as a whole: what was registered, what lies where, and everything that happened. */
import type { OpenTask, OrderDetail, OrderEvent, OrderRequest, OrderTask, OrderUrge } from '@rexian/contracts';
import { returnsOf } from '@rexian/workflows/marking.ts';
import { sql } from 'kysely';
import { personJson } from '../../centres/reach.ts';
import { filesOfOrder } from '../../files/service.ts';
import { formVersion } from '../../order-forms/queries.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { maskId } from '../../platform/masking.ts';
import { arrivingOf } from '../exchange/arrivals.ts';
import { openDrafts } from '../record/drafts.ts';
import { openTexts, openWords, type StoredTexts, textColumns, titleOf } from '../record/texts.ts';
import { isTheirs, may } from '../steps/actor.ts';
import type { Graphs } from '../steps/graphs.ts';
import { mayDecide } from '../steps/verbs/requests.ts';
import { mayAttach } from '../steps/verbs/tell.ts';
import { type ActingReader, besideRows, rowColumns, rowShown, type StoredRow, unitNamed } from './rows.ts';

type Whole = StoredRow &
  Pick<OrderDetail, 'immediate' | 'satisfaction' | 'suspendedUntil'> & {
    workflowId: string | null;
    workflowVersion: number | null;
    categoryId: string | null;
    contactId: string | null;
    region: string;
    taxName: string;
    tax: Buffer | null;
    tags: string[];
    reference: string;
    occurredAt: Date | null;
    parentId: string | null;
    mergedId: string | null;
    formId: string | null;
    formVersion: number | null;
    marking: OrderMarking | null;
  };
type OrderMarking = Parameters<typeof tokenOf>[0];

/** Throws NOT_FOUND. What row-level security doesn't show isn't there. */
export async function orderDetail(reader: ActingReader, graphs: Graphs, id: string): Promise<OrderDetail> {
  const { db, all, vault, caller, actor } = reader;
  const { rows } = await sql<Whole>`select ${rowColumns}, w.category_id as "categoryId",
      w.contact_id as "contactId", w.region, w.tax_name as "taxName", w.tax_sealed as tax, w.tags, w.reference,
      w.occurred_at as "occurredAt", w.form_id as "formId", w.form_version as "formVersion", w.parent_id as "parentId", w.merged_into as "mergedId", w.marking, w.immediate, w.satisfaction,
      w.suspended_until as "suspendedUntil", w.workflow_id as "workflowId", w.workflow_version as "workflowVersion"
    from work_orders w where w.id = ${id}`.execute(db);
  const [row] = rows;
  if (!row) throw refusal('NOT_FOUND', '没有找到工单');
  const within = { ...reader, db: all };
  const [beside, workflow, tasks, trail, requests, urges, copies, kin, files, arriving, form] = await Promise.all([
    besideRows(all, [id]),
    workflowOf(all, row),
    tasksOf(within, id),
    trailOf(within, id),
    requestsOf(within, id),
    urgesOf(within, id),
    copiesOf(all, id),
    kinOf(reader, row),
    filesOfOrder(all, id),
    arrivingOf(all, id),
    row.formId === null ? null : formVersion(all, { id: row.formId, version: row.formVersion ?? 0 }),
  ]);
  const { tasks: _lying, urges: _count, asked: _waiting, ...shown } = rowShown(reader, row, beside.get(id));
  const isOpen = row.state === 'open';
  const isLive = isOpen || row.state === 'suspended';
  const own = tasks.filter((task) => !task.doneAt && task.kind !== 'wait' && isTheirs(actor, partOf(task)));
  const isRegistrar = shown.registeredBy?.id === actor.id;
  const isDraft = row.state === 'draft';
  const graph = workflow ? await graphs.graph(all, workflow.id, workflow.version) : null;
  return {
    ...shown,
    ...{ immediate: row.immediate, satisfaction: row.satisfaction, suspendedUntil: row.suspendedUntil, workflow },
    taxNumber: row.tax ? maskId(vault.open('tax_number', row.tax)) : '',
    registration: { ...registrationOf(reader, row), fileIds: files.map((file) => file.id) },
    files,
    arriving,
    form: form && { fields: form.fields },
    tasks: tasks.map(({ draft: _, ...task }) => task),
    open: isOpen ? own.map((task) => openTask(reader, task, graph, row.marking)) : [],
    ...{ trail, requests: isOpen ? requests : requests.map(withoutDeciding), urges, copies },
    parent: kin.find((each) => each.id === row.parentId) ?? null,
    mergedInto: kin.find((each) => each.id === row.mergedId) ?? null,
    children: kin.filter((each) => each.parentId === id),
    can: {
      change: isDraft && (isRegistrar || shown.registeredBy === null) && may(actor, 'work_orders.register'),
      withdraw: isOpen && isRegistrar && tasks.every(({ signedAt }) => signedAt === null),
      comment: !isDraft,
      attach: isLive && mayAttach(actor),
      urge: isOpen && (isRegistrar || may(actor, 'work_orders.supervise')),
      supervise: isOpen && may(actor, 'work_orders.supervise'),
      manage: isLive && may(actor, 'work_orders.manage') && caller.unitIds.includes(row.unitId),
      merge: isOpen && (may(actor, 'work_orders.dispatch') || may(actor, 'work_orders.manage')),
      reopen: row.state === 'closed' && may(actor, 'work_orders.manage'),
      reveal: may(actor, 'personal.reveal') && (row.caller !== null || row.callerName !== null || row.tax !== null),
      call: row.caller !== null && may(actor, 'calls.dial'),
    },
  };
}

async function workflowOf(
  all: Queryable,
  { workflowId, workflowVersion: version }: Whole,
): Promise<OrderDetail['workflow']> {
  if (workflowId === null || version === null) return null;
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`select id, name from workflows where id = ${workflowId}`.execute(all);
  return rows[0] ? { ...rows[0], version } : null;
}

type Kin = OrderDetail['children'][number] & { parentId: string | null };

/** 父工单, 子工单 and the one it was merged into, wherever they are; what they are about is told to whoever sees them. */
async function kinOf({ db, all, vault, actor }: ActingReader, { id, parentId, mergedId }: Whole): Promise<Kin[]> {
  const { rows } = await sql<
    Omit<Kin, 'unit' | 'title' | 'readable'> & StoredTexts & { unitId: string }
  >`select w.id, w.number, w.state, w.unit_id as "unitId", w.parent_id as "parentId", ${textColumns('w')}
    from work_orders w where w.parent_id = ${id} or w.id = any(${[parentId, mergedId]}::uuid[]) order by w.id`.execute(
    all,
  );
  if (rows.length === 0) return [];
  const { rows: seen } = await sql<{ id: string }>`select id from work_orders
    where id = any(${rows.map((row) => row.id)}::uuid[])`.execute(db);
  return rows.flatMap((row) => {
    const { id, number, state, unitId, parentId } = row;
    const readable = seen.some((each) => each.id === id);
    // What somebody writes at isn't there for others yet.
    if (state === 'draft' && !readable) return [];
    const title = readable ? titleOf(openTexts(vault, row)) : '';
    return { id, number, state, parentId, readable, title, unit: unitNamed(actor, unitId) };
  });
}

type KeptTask = OrderTask & { token: number; draft: Buffer | null };
/** As it is read: the tree names units, those out of sight too. */
type OfUnit<T> = Omit<T, 'unit'> & { unitId: string };

const partOf = ({ unit, desk, person }: OrderTask) => ({ unit_id: unit.id, desk, person_id: person?.id ?? null });

async function tasksOf({ db, actor }: ActingReader, id: string): Promise<KeptTask[]> {
  const { rows } = await sql<OfUnit<KeptTask>>`select t.id, t.token, t.node, t.title, t.kind, t.state,
      t.unit_id as "unitId", t.desk, ${personJson('t.person_id', 'p')} as person, t.arrived_at as "arrivedAt",
      t.sign_due_at as "signDueAt", t.signed_at as "signedAt", t.due_at as "dueAt", t.warn_at as "warnAt", t.done_at as "doneAt",
      ${personJson('t.done_by', 'd')} as "doneBy", t.outcome, t.draft_sealed as draft
    from work_order_tasks t left join people p on p.id = t.person_id left join people d on d.id = t.done_by
    where t.order_id = ${id} order by t.arrived_at, t.id`.execute(db);
  return rows.map(({ unitId, ...task }) => ({ ...task, unit: unitNamed(actor, unitId) }));
}

function openTask(
  { vault, actor }: ActingReader,
  task: KeptTask,
  graph: Parameters<typeof nodeOf>[0],
  marking: OrderMarking | null,
): OpenTask {
  const { draft, token, ...shown } = task;
  const node = nodeOf(graph, task.node);
  const isLead = task.kind === 'lead';
  const settings = node?.type === 'task' && isLead ? node.settings : null;
  const at = tokenOf(marking, token);
  return {
    ...shown,
    can: { sign: task.state === 'waiting', complete: true, verbs: settings?.verbs ?? [] },
    outcomes: settings?.outcomes ?? ['反馈'],
    needs: settings?.needs ?? ['opinion'],
    returns:
      settings && at ? returnsOf(at).map((each) => ({ node: each, title: nodeOf(graph, each)?.title ?? each })) : [],
    draft: openDrafts(vault, draft)[actor.id] ?? null,
  };
}

const nodeOf = (graph: Awaited<ReturnType<Graphs['graph']>> | null, node: string) => graph?.nodes.get(node);
const tokenOf = (marking: { tokens: readonly Parameters<typeof returnsOf>[0][] } | null, id: number) =>
  marking?.tokens.find((token) => token.id === id);

type KeptEvent = OrderEvent & { sealed: Buffer | null };

/** Oldest first. */
async function trailOf({ db, vault, actor }: ActingReader, id: string): Promise<OrderEvent[]> {
  const { rows } = await sql<
    Omit<KeptEvent, 'unit'> & { unitId: string | null }
  >`select e.id, e.at, e.type, e.title, e.text, e.text_sealed as sealed,
      ${personJson('e.person_id', 'p')} as person, e.unit_id as "unitId", e.task_id as "taskId"
    from work_order_events e left join people p on p.id = e.person_id
    where e.order_id = ${id} order by e.sequence`.execute(db);
  return rows.map(({ sealed, unitId, ...event }) => ({
    ...event,
    text: sealed ? vault.open('work_order', sealed) : event.text,
    unit: unitId === null ? null : unitNamed(actor, unitId),
  }));
}

async function requestsOf({ db, vault, actor }: ActingReader, id: string): Promise<OrderRequest[]> {
  const { rows } = await sql<
    Omit<OrderRequest, 'can'> & { unitId: string; texts_sealed: Buffer | null }
  >`select r.id, r.kind, r.state, r.task_id as "taskId", r.until,
      r.reason, ${personJson('r.asked_by', 'a')} as "askedBy", r.asked_at as "askedAt", ${personJson('r.decided_by', 'd')} as "decidedBy",
      r.decided_at as "decidedAt", r.note, r.texts_sealed, r.unit_id as "unitId"
    from work_order_requests r left join people a on a.id = r.asked_by left join people d on d.id = r.decided_by
    where r.order_id = ${id} order by r.asked_at`.execute(db);
  return rows
    .map((row) => openWords(vault, row))
    .map(({ unitId, ...request }) => ({
      ...request,
      can: {
        decide: request.state === 'waiting' && mayDecide(actor, { unit_id: unitId, asked_by: request.askedBy.id }),
      },
    }));
}

const withoutDeciding = (request: OrderRequest): OrderRequest => ({ ...request, can: { decide: false } });

async function urgesOf({ db, vault, actor }: ActingReader, id: string): Promise<OrderUrge[]> {
  const { rows } = await sql<
    OfUnit<Omit<OrderUrge, 'can'>> & { texts_sealed: Buffer | null }
  >`select t.id, t.kind, t.task_id as "taskId", t.unit_id as "unitId",
      coalesce(${personJson('t.by_person', 'b')}, json_build_object('id', t.by_partner, 'name', coalesce(k.name, '来源平台'),
        'agentNumber', null)) as by, t.at, t.text, ${personJson('t.answered_by', 'a')} as "answeredBy",
      t.answered_at as "answeredAt", t.answer, t.texts_sealed
    from work_order_urges t left join people b on b.id = t.by_person left join partners k on k.id = t.by_partner
      left join people a on a.id = t.answered_by
    where t.order_id = ${id} order by t.at`.execute(db);
  return rows
    .map((row) => openWords(vault, row))
    .map(({ unitId, ...urge }) => ({
      ...{ ...urge, unit: unitNamed(actor, unitId) },
      can: { answer: !urge.answeredAt && actor.unitIds.includes(unitId) },
    }));
}

async function copiesOf(db: Queryable, id: string): Promise<OrderDetail['copies']> {
  const { rows } = await sql<
    OrderDetail['copies'][number]
  >`select ${personJson('k.person_id', 'p')} as person, k.at, k.read_at as "readAt"
    from work_order_copies k left join people p on p.id = k.person_id where k.order_id = ${id} order by k.at`.execute(
    db,
  );
  return rows;
}

/** As forms show it: what is masked on screens stays out, and stays as it is when it is saved. */
function registrationOf({ vault }: ActingReader, row: Whole): OrderDetail['registration'] {
  const { title, content, answer, fields } = openTexts(vault, row);
  const { unitId, kind, source, categoryId, urgency, contactId, anonymous, region, taxName, tags, reference } = row;
  return {
    ...{ unitId, kind, source, categoryId, urgency, contactId, anonymous, region, taxName, tags, reference },
    ...{ title, content, answer, fields, fileIds: [], occurredAt: row.occurredAt, parentId: row.parentId },
    ...{ callerNumber: null, callerName: null, taxNumber: null },
  };
}

/** In clear, for whoever may reveal. Throws NOT_FOUND. */
export async function revealedOrder({ db, vault }: ActingReader, id: string) {
  const { rows } = await sql<{
    number: string;
    unitId: string;
    caller: Buffer | null;
    name: Buffer | null;
    tax: Buffer | null;
  }>`
    select number, unit_id as "unitId", caller_sealed as caller, caller_name_sealed as name, tax_sealed as tax
    from work_orders where id = ${id}`.execute(db);
  const [row] = rows;
  if (!row) throw refusal('NOT_FOUND', '没有找到工单');
  return {
    order: { id, number: row.number, unitId: row.unitId },
    callerNumber: row.caller ? vault.open('number', row.caller) : '',
    callerName: row.name ? vault.open('name', row.name) : '',
    taxNumber: row.tax ? vault.open('tax_number', row.tax) : '',
  };
}
