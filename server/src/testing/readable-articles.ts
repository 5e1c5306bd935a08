/** Articles of every kind that decides who reads them, readers of every kind, and the rule between them said in plain words. */
import {
  type ArticleSharing,
  type ArticleState,
  articleContent,
  type BuiltInRole,
  type DataScope,
} from '@rexian/contracts';
import { columnsOf } from '../knowledge/content.ts';
import { dayName } from '../platform/clock.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from './api-client.ts';
import type { ApiServer } from './api-server.ts';
import { person, type World, type WorldUnit } from './world.ts';

/** What their summaries speak of, in turn: no two share a character. */
export const SUBJECTS = ['留抵', '车船', '契约', '印花', '耕地', '烟叶', '环保', '城建'];

export interface Library {
  id: string;
  unit: WorldUnit;
  enabled: boolean;
  roles: BuiltInRole[];
  categories: { id: string; usable: boolean }[];
}
export interface Made {
  id: string;
  subject: string;
  unit: WorldUnit;
  library: Library;
  usable: boolean;
  state: ArticleState;
  sharing: ArticleSharing;
  roles: BuiltInRole[];
  holds: boolean;
}
export interface Reader {
  name: string;
  unit: WorldUnit;
  roles: BuiltInRole[];
  scope: DataScope;
  api: Api;
}

async function roleIds(db: Db, codes: readonly BuiltInRole[]): Promise<string[]> {
  const roles = await db.selectFrom('roles').select(['id', 'code']).execute();
  return roles.filter(({ code }) => code && codes.includes(code)).map(({ id }) => id);
}

async function makeLibrary(
  db: Db,
  unit: WorldUnit,
  name: string,
  enabled: boolean,
  roles: BuiltInRole[],
): Promise<Library> {
  const [id, open, shut, below] = [newId(), newId(), newId(), newId()];
  await db
    .insertInto('knowledge_libraries')
    .values({ id, unit_id: unit.id, name, enabled, review_steps: 1, role_ids: await roleIds(db, roles) })
    .execute();
  const category = (of: string, parent: string | null, on: boolean) => ({
    ...{ id: of, library_id: id, parent_id: parent, name: of, enabled: on },
  });
  await db
    .insertInto('knowledge_categories')
    .values([category(open, null, true), category(shut, null, false), category(below, shut, true)])
    .execute();
  const categories = [open, below].map((each) => ({ id: each, usable: each === open }));
  return { id, unit, enabled, roles, categories };
}

const atOrBelow = (unit: WorldUnit, top: WorldUnit): boolean => `${unit.path}.`.startsWith(`${top.path}.`);

/** Every combination of what decides. */
export async function makeArticles(db: Db, { province, nanning }: World): Promise<Made[]> {
  const libraries = [
    await makeLibrary(db, province, '政策库', true, []),
    await makeLibrary(db, province, '内部库', true, ['leader']),
    await makeLibrary(db, nanning.unit, '本市库', true, []),
    await makeLibrary(db, nanning.unit, '停用库', false, []),
  ];
  const leaders = await roleIds(db, ['leader']);
  const day = (days: number) => dayName(new Date(Date.now() + days * 86_400_000));
  const days = [
    { validFrom: null, validTo: null, holds: true },
    { validFrom: day(-2), validTo: day(0), holds: true },
    { validFrom: day(1), validTo: null, holds: false },
    { validFrom: null, validTo: day(-1), holds: false },
  ];
  const all: Made[] = [];
  const rows: Parameters<typeof insert>[1] = [];
  for (const unit of [province, nanning.unit, nanning.district])
    for (const library of libraries.filter((each) => atOrBelow(unit, each.unit)))
      for (const category of library.categories)
        for (const state of ['draft', 'published', 'revising', 'expired'] as const)
          for (const sharing of ['subtree', 'all', 'public'] as const)
            for (const roles of [[], ['leader' as const]])
              for (const { holds, ...validity } of days) {
                const id = newId();
                const { usable } = category;
                const subject = SUBJECTS[all.length % SUBJECTS.length] ?? '';
                all.push({ id, subject, unit, library, usable, state, sharing, roles, holds });
                const content = articleContent.parse({
                  ...{
                    libraryId: library.id,
                    categoryId: category.id,
                    title: id,
                    summary: subject,
                    tags: [],
                    regions: [],
                  },
                  ...{ ...validity, source: '', reviewOn: null, sharing, fileIds: [] },
                  roleIds: roles.length > 0 ? leaders : [],
                  body: { type: 'doc', content: [{ type: 'paragraph' }] },
                });
                rows.push({
                  ...{ id, unit_id: unit.id, ...columnsOf(content), state, version: 1, published_at: new Date() },
                  withdrawn_reason: null,
                });
              }
  await insert(db, rows);
  return all;
}

async function insert(
  db: Db,
  rows: (ReturnType<typeof columnsOf> & {
    id: string;
    unit_id: string;
    state: ArticleState;
    version: number;
    published_at: Date;
    withdrawn_reason: null;
  })[],
): Promise<void> {
  await db.insertInto('knowledge_articles').values(rows).execute();
}

export async function makeReaders(db: Db, { province, nanning, liuzhou }: World, server: ApiServer): Promise<Reader[]> {
  const kinds: [WorldUnit, BuiltInRole[], DataScope][] = [
    [province, ['agent'], 'own'],
    [nanning.unit, ['agent'], 'own'],
    [nanning.district, ['handler'], 'unit'],
    [liuzhou.unit, ['agent'], 'own'],
    [liuzhou.unit, ['inspector'], 'all'],
    [liuzhou.unit, ['leader'], 'subtree'],
    [nanning.unit, ['leader'], 'unit'],
    [nanning.district, ['knowledge_editor'], 'unit'],
    [nanning.unit, ['knowledge_editor'], 'subtree'],
    [nanning.unit, ['knowledge_editor'], 'own'],
    [province, ['centre_admin'], 'subtree'],
  ];
  return Promise.all(
    kinds.map(async ([unit, roles, scope], i) => {
      const id = await person(db, unit, `reader${i}`, roles, scope);
      return { name: `${roles} of ${unit.path} (${scope})`, unit, roles, scope, api: (await server.as(id)).api };
    }),
  );
}

export const WRITERS: BuiltInRole[] = ['knowledge_editor', 'leader', 'centre_admin'];

export function reaches({ unit: home, scope }: Reader, unit: WorldUnit): boolean {
  if (scope === 'all') return true;
  if (scope === 'subtree') return atOrBelow(unit, home);
  return scope === 'unit' && unit.id === home.id;
}

export function maySee(reader: Reader, { unit, library, usable, state, sharing, roles, holds }: Made): boolean {
  const holdsOne = (of: readonly BuiltInRole[]) => of.length === 0 || of.some((role) => reader.roles.includes(role));
  if (reader.roles.some((role) => WRITERS.includes(role)) && reaches(reader, unit)) return true;
  const near = reaches(reader, unit) || atOrBelow(reader.unit, unit);
  const open = usable && library.enabled && holdsOne(library.roles) && holdsOne(roles);
  return open && holds && (state === 'published' || state === 'revising') && (near || sharing !== 'subtree');
}
