/**
 * 知识库: libraries of a unit, read by the unit and all below it, and the tree of categories in each. Whoever manages a unit's libraries
 * changes them; those from above are read. Articles of a library may be other units', below the library's.
 */
import { z } from 'zod';
import { errorCodes, id, requiredText, unitRef } from './common.ts';
import { route } from './route.ts';
import { knowledgeReaders } from './states/people.ts';

/** Storeys of a library's categories. */
export const KNOWLEDGE_CATEGORY_DEPTH = 5;
const libraryName = requiredText(30, '请输入知识库名称');
const knowledgeCategoryName = requiredText(30, '请输入目录名称').regex(/^[^/]*$/, '名称不能包含“/”');
/** Those who hold one of them read it; none: whoever reads knowledge. */
export const readerRoles = z.array(id).max(50, '最多选择 50 个角色');

const libraryFacts = {
  name: libraryName,
  enabled: z.boolean(),
  /** How many people look at an article before it is published. */
  reviewSteps: z.union([z.literal(1), z.literal(2)]),
  roleIds: readerRoles,
};

export const knowledgeCategory = z.object({
  id,
  parentId: id.nullable(),
  name: z.string(),
  /** Its own switch: what stands below goes out of use with it. */
  enabled: z.boolean(),
  /** Articles in it, without those below, as far as the viewer sees them. */
  articles: z.number().int().min(0),
});
export type KnowledgeCategory = z.infer<typeof knowledgeCategory>;

export const knowledgeLibrary = z.object({
  id,
  unit: unitRef,
  ...libraryFacts,
  name: z.string(),
  /** Parents before children, in their order. */
  categories: z.array(knowledgeCategory),
  can: z.object({ change: z.boolean() }),
});
export type KnowledgeLibrary = z.infer<typeof knowledgeLibrary>;

const own = { tag: 'knowledge', by: 'person' } as const;
const { NOT_FOUND, TAKEN, REFUSED } = errorCodes;
const manage = ['knowledge.manage'] as const;
const categoryFacts = { name: knowledgeCategoryName };
const place = {
  parentId: id.nullable(),
  /** The sibling that it goes in front of; null: last. */
  before: id.nullable(),
};

export const knowledgeLibraries = {
  /** Those of the units in reach and above, and those that other units share articles of; units from the top, then in their order. */
  list: route(knowledgeReaders, { method: 'GET', path: '/knowledge-libraries', summary: '知识库', ...own }).output(
    z.array(knowledgeLibrary),
  ),
  /** Roles that reading can be kept to. */
  roles: route(manage, { method: 'GET', path: '/knowledge-libraries/roles', summary: '可选角色', ...own }).output(
    z.array(z.object({ id, name: z.string() })),
  ),
  /** It goes last among its unit's. */
  create: route(manage, { method: 'POST', path: '/knowledge-libraries', summary: '新增知识库', ...own })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ unitId: id, ...libraryFacts }))
    .output(knowledgeLibrary),
  /** Articles on their way through review go on as they were sent in. */
  change: route(manage, { method: 'PATCH', path: '/knowledge-libraries/{id}', summary: '修改知识库', ...own })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ id, ...libraryFacts }))
    .output(knowledgeLibrary),
  move: route(manage, { method: 'POST', path: '/knowledge-libraries/{id}/move', summary: '调整知识库顺序', ...own })
    .errors({ NOT_FOUND })
    .input(z.object({ id, before: place.before }))
    .output(knowledgeLibrary),
  /** It goes last among its siblings. */
  createCategory: route(manage, {
    ...{ method: 'POST', path: '/knowledge-libraries/{libraryId}/categories', summary: '新增知识目录', ...own },
  })
    .errors({ NOT_FOUND, TAKEN, REFUSED })
    .input(z.object({ libraryId: id, parentId: id.nullable(), ...categoryFacts }))
    .output(knowledgeLibrary),
  changeCategory: route(manage, {
    ...{ method: 'PATCH', path: '/knowledge-categories/{id}', summary: '修改知识目录', ...own },
  })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ id, ...categoryFacts, enabled: z.boolean() }))
    .output(knowledgeLibrary),
  /** With everything below it, within its library. */
  moveCategory: route(manage, {
    ...{ method: 'POST', path: '/knowledge-categories/{id}/move', summary: '移动知识目录', ...own },
  })
    .errors({ NOT_FOUND, TAKEN, REFUSED })
    .input(z.object({ id, ...place }))
    .output(knowledgeLibrary),
};
