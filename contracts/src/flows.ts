/**
 * 流程: what callers are led through. A flow has one draft, which people edit, and versions, which never change; calls begin with the newest
 * one. What happened in it (test calls, paths, statistics) is told by `flow-runs.ts`.
 */
import { z } from 'zod';
import { cursor, errorCodes, id, limit, page, personRef, queueRef, requiredText, text, unitRef } from './common.ts';
import {
  draft,
  openEditor,
  presence,
  presenceSign,
  publication,
  published,
  publishingNote,
  revision,
  version,
} from './drafts.ts';
import { flowDocument } from './flow-document.ts';
import { route } from './route.ts';

/** Largest file of a flow that is taken. */
export const FLOW_FILE_MAX_BYTES = 2_000_000;
export const flowName = requiredText(60, '请输入名称');

/** Holds for its unit; units below may use it. */
export const flowSummary = z.object({
  id,
  unit: unitRef,
  name: z.string(),
  published,
  draft,
  /** Service numbers that lead to it, and flows (published or drafts) that go into it. */
  usedBy: z.object({ numbers: z.array(z.string()), flows: z.array(z.string()) }),
  editors: z.array(openEditor),
  can: z.object({ change: z.boolean() }),
});
export type FlowSummary = z.infer<typeof flowSummary>;

export const flowDetail = flowSummary.extend({
  /** The draft, else what is published. */
  document: flowDocument,
  /** Of `document`; a save names it. */
  revision,
});
export type FlowDetail = z.infer<typeof flowDetail>;

export const flowVersion = publication.extend({ nodes: z.number().int() });
export type FlowVersion = z.infer<typeof flowVersion>;

/** Why a flow can't be published, or what should be known of it: see `validate` of `@rexian/flows`. */
export const flowFinding = z.object({
  node: z.string().nullable(),
  port: z.string().optional(),
  field: z.string().optional(),
  message: z.string(),
});
export type FlowFinding = z.infer<typeof flowFinding>;

/** What nodes of a unit's flow may point to. */
export const flowOptions = z.object({
  queues: z.array(queueRef.extend({ unit: unitRef })),
  people: z.array(personRef),
  accessCodes: z.array(z.object({ id, code: z.string(), name: z.string(), unit: unitRef })),
  /** Published flows, with the flows that each goes into. */
  flows: z.array(z.object({ id, name: z.string(), unit: unitRef, goesInto: z.array(id) })),
  /** 语音库 as this unit hears it: its own prompt of a name before one of a unit above. */
  prompts: z.array(z.object({ id, name: z.string(), text: z.string(), recorded: z.boolean(), unit: unitRef })),
});
export type FlowOptions = z.infer<typeof flowOptions>;

export const flowTemplate = z.object({ id: z.string(), title: z.string(), help: z.string() });
export type FlowTemplate = z.infer<typeof flowTemplate>;

const tag = 'flows';
const { NOT_FOUND, TAKEN, IN_USE, REFUSED, CHANGED, BAD_FILE } = errorCodes;
const read = ['settings.read'] as const;
const manage = ['flows.manage'] as const;

export const flows = {
  list: route(read, { method: 'GET', path: '/flows', summary: '流程', tag })
    .input(
      z.object({
        unitId: id.optional(),
        /** Part of the name. */
        search: text(60).optional(),
        cursor: cursor.optional(),
        limit: limit(),
      }),
    )
    .output(page(flowSummary)),
  templates: route(read, { method: 'GET', path: '/flows/templates', summary: '流程模板', tag }).output(
    z.array(flowTemplate),
  ),
  options: route(read, { method: 'GET', path: '/flows/options', summary: '节点可选对象', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ unitId: id }))
    .output(flowOptions),
  get: route(read, { method: 'GET', path: '/flows/{id}', summary: '流程详情', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(flowDetail),
  /** From a template, filled in with the unit's queues as far as they fit; null: an empty flow. */
  create: route(manage, { method: 'POST', path: '/flows', summary: '新建流程', tag })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ unitId: id, name: flowName, template: z.string().max(40).nullable().default(null) }))
    .output(flowDetail),
  rename: route(manage, { method: 'PATCH', path: '/flows/{id}', summary: '重命名流程', tag })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ id, name: flowName }))
    .output(flowSummary),
  /** Refused while numbers or flows lead to it. */
  remove: route(manage, { method: 'DELETE', path: '/flows/{id}', summary: '删除流程', tag })
    .errors({ NOT_FOUND, IN_USE })
    .input(z.object({ id }))
    .output(z.object({})),
  /** CHANGED when somebody else has saved since. Callers hear nothing of it, so it leaves no trace but the draft's own. */
  saveDraft: route(manage, {
    method: 'PUT',
    path: '/flows/{id}/draft',
    summary: '保存草稿',
    tag,
    trace: 'none',
  })
    .errors({ NOT_FOUND, CHANGED })
    .input(z.object({ id, revision, document: flowDocument }))
    .output(z.object({ revision, at: z.date() })),
  /** What is published is edited again; refused when nothing is. */
  discardDraft: route(manage, { method: 'DELETE', path: '/flows/{id}/draft', summary: '放弃草稿', tag })
    .errors({ NOT_FOUND, CHANGED, REFUSED })
    .input(z.object({ id, revision }))
    .output(flowDetail),
  /** REFUSED, with the faults in words, when the flow can't run; CHANGED when the draft isn't the one that was seen. */
  publish: route(manage, { method: 'POST', path: '/flows/{id}/publish', summary: '发布流程', tag })
    .errors({ NOT_FOUND, CHANGED, REFUSED })
    .input(z.object({ id, revision, note: publishingNote.default('') }))
    .output(flowDetail),
  /** What would stand in the way of publishing the draft, or the version that holds: what it points to may have gone. */
  check: route(read, { method: 'GET', path: '/flows/{id}/check', summary: '检查流程', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({ faults: z.array(flowFinding), warnings: z.array(flowFinding) })),
  /** Newest first. */
  versions: route(read, { method: 'GET', path: '/flows/{id}/versions', summary: '发布历史', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ id, cursor: cursor.optional(), limit: limit() }))
    .output(page(flowVersion)),
  version: route(read, { method: 'GET', path: '/flows/{id}/versions/{version}', summary: '历史版本', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ id, version }))
    .output(flowVersion.extend({ document: flowDocument })),
  /** Publishes an older version's content as a new version. The draft stays. */
  restore: route(manage, {
    method: 'POST',
    path: '/flows/{id}/versions/{version}/restore',
    summary: '回退流程',
    tag,
  })
    .errors({ NOT_FOUND, REFUSED })
    .input(z.object({ id, version, note: publishingNote.default('') }))
    .output(flowDetail),
  /**
   * To other centres, as drafts: what those may use stays, queues and flows are found by their names there; what is not found is told and
   * stays open.
   */
  copy: route(manage, { method: 'POST', path: '/flows/{id}/copy', summary: '复制流程', tag })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ id, unitIds: z.array(id).min(1, '请选择机构').max(200), name: flowName }))
    .output(z.array(z.object({ flow: flowSummary, missing: z.array(z.string()) }))),
  /** A file for another installation: see `exportFlow` of `@rexian/flows`. */
  exportFile: route(read, { method: 'GET', path: '/flows/{id}/file', summary: '导出流程', tag, by: 'person' })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(z.file()),
  importFile: route(manage, { method: 'POST', path: '/flows/import', summary: '导入流程', tag, by: 'person' })
    .errors({ NOT_FOUND, TAKEN, BAD_FILE })
    .input(z.object({ unitId: id, name: flowName, file: z.file().max(FLOW_FILE_MAX_BYTES, '文件超过 2 MB') }))
    .output(flowDetail),
  /** An open editor says every ten seconds that it is there (`client`: made by the page), and learns who else is. */
  presence: route(manage, {
    method: 'POST',
    path: '/flows/{id}/presence',
    summary: '正在编辑',
    tag,
    by: 'person',
    trace: 'none',
  })
    .errors({ NOT_FOUND })
    .input(presenceSign)
    .output(presence),
};
