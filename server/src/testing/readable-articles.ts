/** Articles of every kind that decides who reads them, and the rule between them and readers said in plain words. */
import { type ArticleSharing, type ArticleState, articleContent, type BuiltInRole } from '@rexian/contracts';
import { columnsOf } from '../knowledge/content.ts';
import { dayName } from '../platform/clock.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import {
  atOrBelow,
  holdsOne,
  isNear,
  type MadeLibrary,
  type MadeReader,
  makeLibraries,
  mayWrite,
  reaches,
  roleIds,
} from './knowledge-readers.ts';
import type { World, WorldUnit } from './world.ts';

/** What their summaries speak of, in turn: no two share a character. */
export const SUBJECTS = ['留抵', '车船', '契约', '印花', '耕地', '烟叶', '环保', '城建'];

export interface Made {
  id: string;
  subject: string;
  unit: WorldUnit;
  library: MadeLibrary;
  usable: boolean;
  state: ArticleState;
  sharing: ArticleSharing;
  roles: BuiltInRole[];
  holds: boolean;
}

/** Every combination of what decides. */
export async function makeArticles(db: Db, world: World): Promise<Made[]> {
  const { province, nanning } = world;
  const libraries = await makeLibraries(db, world);
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

export function maySee(reader: MadeReader, { unit, library, usable, state, sharing, roles, holds }: Made): boolean {
  if (mayWrite(reader) && reaches(reader, unit)) return true;
  const open = usable && library.enabled && holdsOne(reader, library.roles) && holdsOne(reader, roles);
  return (
    open && holds && (state === 'published' || state === 'revising') && (isNear(reader, unit) || sharing !== 'subtree')
  );
}
