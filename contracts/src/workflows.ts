/**
 * 工单流程: BPMN drawings that work orders walk by. A unit has one workflow of a kind, and one of each of its categories, with a draft, which
 * people edit, and versions, which never change. An order begins with the newest version of the most specific one that is published:
 *   1. by its category: the nearest category upwards that a workflow of its kind is for, before those that are for the whole kind;
 *   2. of these, its unit's own, before that of the next unit above.
 * So a unit overrules what is laid down above for a category by a workflow of its own for that category. A category that is out of use (itself or one
 * above it) counts for nothing. Orders on their way keep their version.
 */
import { z } from 'zod';
import { cursor, errorCodes, id, limit, page, requiredText, text, unitRef } from './common.ts';
import { draft, presence, presenceSign, publication, published, publishingNote, revision, version } from './drafts.ts';
import { route } from './route.ts';
import { workOrderKind } from './states/orders.ts';

/** Largest file of a drawing that is taken. */
export const WORKFLOW_FILE_MAX_BYTES = 2_000_000;
export const workflowName = requiredText(60, '请输入名称');
/** BPMN 2.0 XML; drafts may hold any. */
const drawing = z.string().min(1).max(500_000, '流程图过大');
const templateId = z.enum([...workOrderKind.values, 'blank']);

/** 增值税 / 发票 */
const categoryPath = z.object({ id, path: z.string() });
/** Of the unit or of those above it. None: of the whole kind. */
const categoryIds = z.array(id).max(100, '最多选择 100 个类别');

export const workflowSummary = z.object({
  id,
  unit: unitRef,
  kind: workOrderKind.schema,
  name: z.string(),
  /** Those that it is for, and all below them; none: the whole kind. */
  categories: z.array(categoryPath.extend({ active: z.boolean() })),
  published,
  draft,
  can: z.object({ change: z.boolean() }),
});
export type WorkflowSummary = z.infer<typeof workflowSummary>;

export const workflowDetail = workflowSummary.extend({
  /** The draft, else what is published. */
  drawing: z.string(),
  /** Of `drawing`; a save names it. */
  revision,
});
export type WorkflowDetail = z.infer<typeof workflowDetail>;

/** What new orders walk by. */
export const workflowInForce = z.object({
  id,
  name: z.string(),
  unit: unitRef,
  version,
  /** For which category it was found; null: for the whole kind. */
  category: categoryPath.nullable(),
});
export type WorkflowInForce = z.infer<typeof workflowInForce>;

/** Why a drawing can't be published: see `readWorkflow` of `@rexian/workflows`. */
export const workflowFinding = z.object({
  /** An element's id; null: of the drawing as a whole. */
  element: z.string().nullable(),
  /** “承办”; null: of the drawing as a whole. */
  name: z.string().nullable(),
  message: z.string(),
});
export type WorkflowFinding = z.infer<typeof workflowFinding>;

const tag = 'workflows';
const { NOT_FOUND, TAKEN, REFUSED, CHANGED, BAD_FILE } = errorCodes;
const read = ['settings.read'] as const;
const manage = ['workflows.manage'] as const;
const made = { unitId: id, kind: workOrderKind.schema, name: workflowName, categoryIds: categoryIds.default([]) };

export const workflows = {
  list: route(read, { method: 'GET', path: '/workflows', summary: '工单流程', tag })
    .input(
      z.object({
        unitId: id.optional(),
        kind: workOrderKind.schema.optional(),
        /** Part of the name. */
        search: text(60).optional(),
        cursor: cursor.optional(),
        limit: limit(),
      }),
    )
    .output(page(workflowSummary)),
  templates: route(read, { method: 'GET', path: '/workflows/templates', summary: '工单流程模板', tag }).output(
    z.array(z.object({ id: templateId, title: z.string(), help: z.string() })),
  ),
  /** By kind, the published workflow that orders of the unit begin with (null: none), and those of categories that begin with another one. */
  inForce: route(read, { method: 'GET', path: '/workflows/in-force', summary: '机构适用的工单流程', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ unitId: id }))
    .output(
      z.array(
        z.object({
          kind: workOrderKind.schema,
          workflow: workflowInForce.nullable(),
          byCategory: z.array(workflowInForce),
        }),
      ),
    ),
  get: route(read, { method: 'GET', path: '/workflows/{id}', summary: '工单流程详情', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(workflowDetail),
  create: route(manage, { method: 'POST', path: '/workflows', summary: '新建工单流程', tag })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ ...made, template: templateId }))
    .output(workflowDetail),
  /** Its name, and for which orders it is: new ones go by it from now on. */
  change: route(manage, { method: 'PATCH', path: '/workflows/{id}', summary: '修改工单流程', tag })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ id, name: workflowName, categoryIds }))
    .output(workflowSummary),
  /** CHANGED when somebody else has saved since. Orders hear nothing of it, so it leaves no trace but the draft's own. */
  saveDraft: route(manage, {
    method: 'PUT',
    path: '/workflows/{id}/draft',
    summary: '保存草稿',
    tag,
    trace: 'none',
  })
    .errors({ NOT_FOUND, CHANGED })
    .input(z.object({ id, revision, drawing }))
    .output(z.object({ revision, at: z.date() })),
  /** What is published is edited again; refused when nothing is. */
  discardDraft: route(manage, { method: 'DELETE', path: '/workflows/{id}/draft', summary: '放弃草稿', tag })
    .errors({ NOT_FOUND, CHANGED, REFUSED })
    .input(z.object({ id, revision }))
    .output(workflowDetail),
  /** REFUSED, with the faults in words, when orders can't walk by it; CHANGED when the draft isn't the one that was seen. */
  publish: route(manage, { method: 'POST', path: '/workflows/{id}/publish', summary: '发布工单流程', tag })
    .errors({ NOT_FOUND, CHANGED, REFUSED })
    .input(z.object({ id, revision, note: publishingNote.default('') }))
    .output(workflowDetail),
  /** What would stand in the way of publishing the draft, or the version that holds: units may have gone. */
  check: route(read, { method: 'GET', path: '/workflows/{id}/check', summary: '检查工单流程', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({ faults: z.array(workflowFinding) })),
  /** Newest first. */
  versions: route(read, { method: 'GET', path: '/workflows/{id}/versions', summary: '发布历史', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ id, cursor: cursor.optional(), limit: limit() }))
    .output(page(publication)),
  version: route(read, { method: 'GET', path: '/workflows/{id}/versions/{version}', summary: '历史版本', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ id, version }))
    .output(publication.extend({ drawing: z.string() })),
  /** Publishes an older version's content as a new version. The draft stays. */
  restore: route(manage, {
    method: 'POST',
    path: '/workflows/{id}/versions/{version}/restore',
    summary: '回退工单流程',
    tag,
  })
    .errors({ NOT_FOUND, REFUSED })
    .input(z.object({ id, version, note: publishingNote.default('') }))
    .output(workflowDetail),
  /** To other centres, as drafts: tasks of units that those don't lie under stay open; their names are told. REFUSED where no category of it is known. */
  copy: route(manage, { method: 'POST', path: '/workflows/{id}/copy', summary: '复制工单流程', tag })
    .errors({ NOT_FOUND, TAKEN, REFUSED })
    .input(z.object({ id, unitIds: z.array(id).min(1, '请选择机构').max(200), name: workflowName }))
    .output(z.array(z.object({ workflow: workflowSummary, open: z.array(z.string()) }))),
  /** A .bpmn file. */
  exportFile: route(read, { method: 'GET', path: '/workflows/{id}/file', summary: '导出工单流程', tag, by: 'person' })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(z.file()),
  /** Any BPMN 2.0 with drawing information; what we don't execute in it is a fault of the draft. */
  importFile: route(manage, { method: 'POST', path: '/workflows/import', summary: '导入工单流程', tag, by: 'person' })
    .errors({ NOT_FOUND, TAKEN, BAD_FILE })
    .input(
      z.object({
        ...made,
        file: z.file().max(WORKFLOW_FILE_MAX_BYTES, '文件超过 2 MB'),
      }),
    )
    .output(workflowDetail),
  /** An open editor says every ten seconds that it is there, and learns who else is. */
  presence: route(manage, {
    method: 'POST',
    path: '/workflows/{id}/presence',
    summary: '正在编辑',
    tag,
    by: 'person',
    trace: 'none',
  })
    .errors({ NOT_FOUND })
    .input(presenceSign)
    .output(presence),
  /** New orders go by the next one that fits from now on; orders on their way keep their version. */
  remove: route(manage, { method: 'DELETE', path: '/workflows/{id}', summary: '删除工单流程', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({})),
};
