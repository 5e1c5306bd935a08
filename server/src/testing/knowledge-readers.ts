/** Readers of every kind, and libraries with whatever decides who reads in them: for tests that say the rule again in plain words. */
import type { BuiltInRole, DataScope } from '@rexian/contracts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from './api-client.ts';
import type { ApiServer } from './api-server.ts';
import { person, type World, type WorldUnit } from './world.ts';

export interface MadeLibrary {
  id: string;
  unit: WorldUnit;
  enabled: boolean;
  roles: BuiltInRole[];
  categories: { id: string; usable: boolean }[];
}

export interface MadeReader {
  id: string;
  name: string;
  unit: WorldUnit;
  roles: BuiltInRole[];
  scope: DataScope;
  api: Api;
}

export const atOrBelow = (unit: WorldUnit, top: WorldUnit): boolean => `${unit.path}.`.startsWith(`${top.path}.`);

export async function roleIds(db: Db, codes: readonly BuiltInRole[]): Promise<string[]> {
  const roles = await db.selectFrom('roles').select(['id', 'code']).execute();
  return roles.filter(({ code }) => code && codes.includes(code)).map(({ id }) => id);
}

/** For everybody, for leaders only, of a city, and out of use; each with a category in use and one below another that isn't. */
export async function makeLibraries(db: Db, { province, nanning }: World): Promise<MadeLibrary[]> {
  return [
    await makeLibrary(db, province, '政策库', true, []),
    await makeLibrary(db, province, '内部库', true, ['leader']),
    await makeLibrary(db, nanning.unit, '本市库', true, []),
    await makeLibrary(db, nanning.unit, '停用库', false, []),
  ];
}

async function makeLibrary(
  db: Db,
  unit: WorldUnit,
  name: string,
  enabled: boolean,
  roles: BuiltInRole[],
): Promise<MadeLibrary> {
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

export async function makeReaders(db: Db, server: ApiServer, { province, nanning, liuzhou }: World) {
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
    kinds.map(async ([unit, roles, scope], i): Promise<MadeReader> => {
      const id = await person(db, unit, `reader${i}`, roles, scope);
      return { id, name: `${roles} of ${unit.path} (${scope})`, unit, roles, scope, api: (await server.as(id)).api };
    }),
  );
}

const WRITERS: BuiltInRole[] = ['knowledge_editor', 'leader', 'centre_admin'];
export const mayWrite = ({ roles }: MadeReader): boolean => roles.some((role) => WRITERS.includes(role));

/** What an editor, a reviewer or a report has in reach. */
export function reaches({ unit: home, scope }: MadeReader, unit: WorldUnit): boolean {
  if (scope === 'all') return true;
  if (scope === 'subtree') return atOrBelow(unit, home);
  return scope === 'unit' && unit.id === home.id;
}

/** Reach, or what is handed down from above. */
export const isNear = (reader: MadeReader, unit: WorldUnit): boolean =>
  reaches(reader, unit) || atOrBelow(reader.unit, unit);

export const holdsOne = (reader: MadeReader, of: readonly BuiltInRole[]): boolean =>
  of.length === 0 || of.some((role) => reader.roles.includes(role));
