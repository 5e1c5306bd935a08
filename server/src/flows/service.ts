/** Changes to flows. Each runs in a transaction of the viewer's scope; `all` sees everything: what flows point to, and what points to them. */
import type { FlowDocument, UnitRef } from '@rexian/contracts';
import { retarget } from '@rexian/flows/exchange.ts';
import { flowTemplates } from '@rexian/flows/flow-templates.ts';
import { type Finding, flowPrompts, flowTexts, readFlow, readGraph } from '@rexian/flows/graph.ts';
import type { ReferenceKind } from '@rexian/flows/node.ts';
import { nodeTypes } from '@rexian/flows/registry.ts';
import { REFERENCES, validate } from '@rexian/flows/validate.ts';
import { sql } from 'kysely';
import { flowsThatUse, usedByFlows } from '../centres/flow-usage.ts';
import { reachableUnit } from '../centres/reach.ts';
import { draftColumns, refuseChanged, withoutDraft } from '../platform/drafts.ts';
import { refusal } from '../platform/errors.ts';
import { sendHint } from '../platform/hints.ts';
import { newId } from '../platform/ids.ts';
import { addJob } from '../platform/jobs.ts';
import { knownFrom, namesOf, pointableFrom } from './pointable.ts';
import { documentOf, flowInSight, flowToChange, publishedVersion, type Reader, type StoredFlow } from './queries.ts';

/** `db` is the transaction. */
export type Editor = Reader;

const EMPTY: FlowDocument = {
  start: 'welcome',
  nodes: {
    welcome: {
      type: 'play',
      title: '欢迎词',
      config: { text: '您好，欢迎致电。' },
      next: { done: 'end' },
    },
    end: { type: 'hang_up', title: '挂机', config: {}, next: {} },
  },
};

/** Publications come one after the other: two flows published at once could go into each other. Any number. */
const PUBLISHING = 4_837_123_368;

/** A document as a new flow's first draft. A second flow of the name breaks the database's promise: see `refusing`. */
export async function createFlow(
  editor: Editor,
  { unitId, name, document }: { unitId: string; name: string; document: FlowDocument },
): Promise<StoredFlow> {
  const { db, caller } = editor;
  const unit = await requireUnit(editor, unitId);
  const id = newId();
  await db
    .insertInto('flows')
    .values({
      id,
      unit_id: unit.id,
      name,
      ...draftColumns(caller.viewer.name, JSON.stringify(document)),
      draft_revision: 1,
    })
    .execute();
  await tellFlow(editor, { id, unit });
  return flowInSight(editor, id);
}

/** What a flow begins with. */
export async function documentFrom(editor: Editor, unitId: string, template: string | null): Promise<FlowDocument> {
  const unit = await requireUnit(editor, unitId);
  if (template === null) return EMPTY;
  const found = flowTemplates.find(({ id }) => id === template);
  if (!found) throw refusal('NOT_FOUND', '没有找到所选模板');
  const { rows: queues } = await sql<{ id: string; name: string }>`select id, name from queues
    where unit_id = ${unit.id} and active order by id`.execute(editor.db);
  return found.build({ centre: unit.name, queues });
}

export async function renameFlow(editor: Editor, { id, name }: { id: string; name: string }) {
  const before = await flowToChange(editor, id);
  await editor.db.updateTable('flows').set({ name }).where('id', '=', id).execute();
  await tellFlow(editor, before);
  return { before, after: await flowInSight(editor, id) };
}

/** Calls that went through it still name it. */
export async function removeFlow(editor: Editor, id: string): Promise<StoredFlow> {
  const flow = await flowToChange(editor, id);
  const { rows } = await sql<{ number: string; name: string }>`select number, name from service_numbers
    where flow_id = ${id} order by length(number), number limit 4`.execute(editor.all);
  const numbers = rows.slice(0, 3).map(({ number, name }) => `${name} ${number}`);
  if (numbers.length > 0)
    throw refusal('IN_USE', `服务号码${numbers.join('、')}${rows.length > 3 ? ' 等' : ''}使用该流程，请先更换其流程`);
  const around = (await flowsThatUse(editor.all, { kind: 'flow', id })).filter((flow) => flow.id !== id);
  if (around.length > 0) throw usedByFlows(around, '流程');
  await editor.db
    .updateTable('flows')
    .set({ removed_at: new Date(), draft: null, draft_at: null, draft_by: null })
    .where('id', '=', id)
    .execute();
  await tellFlow(editor, flow);
  return flow;
}

export interface Draft {
  id: string;
  /** That the document was made from. */
  revision: number;
  document: FlowDocument;
}

/** Guarded by the revision: of two saves of one revision, the second is CHANGED. */
export async function saveDraft(editor: Editor, { id, revision, document }: Draft) {
  const flow = await flowToChange(editor, id);
  refuseChanged(flow, revision, '流程');
  const columns = draftColumns(editor.caller.viewer.name, JSON.stringify(document));
  const next = revision + 1;
  await editor.db
    .updateTable('flows')
    .set({ ...columns, draft_revision: next })
    .where('id', '=', id)
    .execute();
  await tellFlow(editor, flow);
  return { revision: next, at: columns.draft_at };
}

export async function discardDraft(editor: Editor, { id, revision }: { id: string; revision: number }) {
  const before = await flowToChange(editor, id);
  refuseChanged(before, revision, '流程');
  if (before.version === null) throw refusal('REFUSED', '流程尚未发布过，没有可恢复的内容，可直接删除流程');
  await dropDraft(editor, before);
  await tellFlow(editor, before);
  return { before, after: await flowInSight(editor, id) };
}

/** What stands in the way of calls going through a document. */
export async function checkFlow({ all }: Reader, flow: StoredFlow, document = documentOf(flow)) {
  return validate(document, nodeTypes, await knownFrom(all, flow.unit.id, flow.id));
}

export async function publishFlow(
  editor: Editor,
  { id, revision, note }: { id: string; revision: number; note: string },
) {
  const before = await flowToChange(editor, id);
  refuseChanged(before, revision, '流程');
  if (!before.draft) throw refusal('REFUSED', '没有需要发布的修改');
  await addVersion(editor, before, { document: before.draft, note, restoredFrom: null });
  await dropDraft(editor, before);
  return { before, after: await flowInSight(editor, id) };
}

/** The draft stays; where there is none, whoever edits sees the content change. */
export async function restoreVersion(
  editor: Editor,
  { id, version, note }: { id: string; version: number; note: string },
) {
  const before = await flowToChange(editor, id);
  const { document } = await publishedVersion(editor.db, { id, version });
  await addVersion(editor, before, { document, note, restoredFrom: version });
  if (!before.draft) await dropDraft(editor, before);
  return { before, after: await flowInSight(editor, id) };
}

/** What a test call runs: whoever asks has seen this revision of it. */
export async function draftToTest(editor: Editor, { id, revision }: { id: string; revision: number }) {
  const flow = await flowToChange(editor, id);
  refuseChanged(flow, revision, '流程');
  const document = documentOf(flow);
  const { faults } = await checkFlow(editor, flow, document);
  if (faults.length > 0) throw refusal('REFUSED', faultWords(faults, document, '不能试拨'));
  return { flow, document };
}

async function addVersion(
  editor: Editor,
  flow: StoredFlow,
  { document, note, restoredFrom }: { document: FlowDocument; note: string; restoredFrom: number | null },
): Promise<void> {
  const { db, all, caller } = editor;
  await sql`select pg_advisory_xact_lock(${PUBLISHING})`.execute(db);
  const { faults } = await checkFlow(editor, flow, document);
  if (faults.length > 0)
    throw refusal(
      'REFUSED',
      faultWords(faults, document, restoredFrom === null ? '不能发布' : `不能回退到版本 ${restoredFrom}`),
    );
  await db
    .insertInto('flow_versions')
    .values({
      ...{ flow_id: flow.id, version: (flow.version ?? 0) + 1, graph: JSON.stringify(document) },
      ...{ published_by: caller.viewer.name, note, restored_from: restoredFrom },
    })
    .execute();
  // No first caller waits for speech. Made for nothing when the transaction fails, which costs little.
  await addJob(all, 'make_speech', { texts: [...new Set(flowTexts(readGraph(document, nodeTypes)))] });
  await tellFlow(editor, flow);
}

const NAMED = 3;

function faultWords(faults: readonly Finding[], { nodes }: FlowDocument, what: string): string {
  const title = (id: string) => nodes[id]?.title ?? nodeTypes.get(nodes[id]?.type ?? '')?.title ?? id;
  const said = faults
    .slice(0, NAMED)
    .map(({ node, message }) => (node === null ? message : `“${title(node)}”${message}`));
  return `${what}，有 ${faults.length} 处错误：${said.join('；')}${faults.length > NAMED ? '…' : ''}`;
}

export interface Copy {
  flow: StoredFlow;
  /** What the other centre doesn't have. */
  missing: string[];
}

/** One for each unit, in the order of the ids. */
export async function copyFlow(
  editor: Editor,
  { id, unitIds, name }: { id: string; unitIds: readonly string[]; name: string },
): Promise<{ source: StoredFlow; copies: Copy[] }> {
  const source = await flowInSight(editor, id);
  const document = documentOf(source);
  const sourceName = await namesOf(editor.all, [document]);
  const copies: Copy[] = [];
  for (const unitId of new Set(unitIds)) {
    const unit = await requireUnit(editor, unitId);
    await refuseSameName(editor, unit, name);
    const { retargeted, missing } = await forUnit(editor, unitId, document, sourceName);
    copies.push({ flow: await createFlow(editor, { unitId, name, document: retargeted }), missing });
  }
  return { source, copies };
}

async function forUnit(
  { all }: Editor,
  unitId: string,
  document: FlowDocument,
  sourceName: (kind: ReferenceKind, id: string) => string | undefined,
): Promise<{ retargeted: FlowDocument; missing: string[] }> {
  const { queues, people, accessCodes, flows, prompts } = await pointableFrom(all, unitId);
  const missing = new Set<string>();
  // A person or an access code of the same name is another one.
  const there = { queue: queues, person: people, access_code: accessCodes, flow: flows };
  const byName = { queue: queues, flow: flows, person: [], access_code: [] };
  const retargeted = retarget(document, nodeTypes, (kind, id) => {
    const name = sourceName(kind, id);
    const found =
      there[kind].find((each) => each.id === id) ??
      byName[kind].findLast((each) => each.name === name && each.unit.id === unitId);
    if (!found) missing.add(`${REFERENCES[kind]}“${name ?? '已删除'}”`);
    return found?.id ?? null;
  });
  const heard = new Set(prompts.map((prompt) => prompt.name));
  for (const prompt of flowPrompts(readFlow(document, nodeTypes)))
    if (!heard.has(prompt)) missing.add(`语音“${prompt}”`);
  return { retargeted, missing: [...missing] };
}

async function refuseSameName({ db }: Editor, unit: UnitRef, name: string): Promise<void> {
  const { rows } = await sql`select from flows where unit_id = ${unit.id} and name = ${name}
    and removed_at is null`.execute(db);
  if (rows.length > 0) throw refusal('TAKEN', `${unit.name}已有流程“${name}”，请换一个名称`);
}

async function requireUnit({ db, caller }: Editor, id: string): Promise<UnitRef> {
  const unit = await reachableUnit(db, caller, id);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  return unit;
}

/** What is edited is another document from now on. */
async function dropDraft({ db }: Editor, flow: StoredFlow): Promise<void> {
  await db.updateTable('flows').set(withoutDraft(flow)).where('id', '=', flow.id).execute();
}

/** Screens that show it look again. */
export const tellFlow = ({ db }: Pick<Editor, 'db'>, { id, unit }: Pick<StoredFlow, 'id' | 'unit'>) =>
  sendHint(db, { topic: 'flow', flowId: id, unitPath: unit.path });
