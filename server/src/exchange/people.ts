/** People in files: told by login. A file creates and changes people; nobody is removed. */
import { dataScope } from '@rexian/contracts';
import { peopleRows } from '../centres/people/queries.ts';
import { type Counts, type Importing, nothing, shownActive, type TwoWayKind } from './kind.ts';
import { ACTIVE, AGENT_NUMBER, ENTITLED, LOGIN, NAME, ROLES, readLines, SCOPE, UNIT } from './people-lines.ts';
import { changesOf, judgeAgentNumbers, judgeLedTo, judgeLine, judgeManagers } from './people-rules.ts';
import { writePeople } from './people-write.ts';
import type { SheetRow } from './sheet.ts';

const MOST_OUT = 50_000;

export const peopleKind: TwoWayKind = {
  name: '人员',
  subject: 'person',
  permission: 'people.manage',
  through: 'engine',
  columns: [
    { title: LOGIN, width: 16, example: '1001' },
    { title: NAME, width: 14, example: '韦晓兰' },
    { title: UNIT, width: 28, example: 'gx.nanning' },
    { title: AGENT_NUMBER, width: 10, example: '1001' },
    { title: ROLES, width: 24, example: '坐席、质检员' },
    { title: SCOPE, width: 16, example: dataScope.labels.own },
    { title: ENTITLED, width: 28, example: 'gx.liuzhou、gx.guilin' },
    { title: ACTIVE, width: 8, example: '启用' },
  ],
  async rows({ db, caller, tree }) {
    const reached = new Set((await db.selectFrom('units').select('id').execute()).map(({ id }) => id));
    const paths = (ids: readonly string[]) =>
      ids.flatMap((id) => (reached.has(id) ? [tree.unit(id)?.path ?? ''] : [])).join('、');
    const people = await peopleRows(db, caller, [], MOST_OUT);
    return people.map((person) => [
      person.login,
      person.name,
      person.unit.path,
      person.agentNumber ?? '',
      person.roles.map(({ name }) => name).join('、'),
      dataScope.labels[person.scope],
      paths(person.entitled),
      shownActive(person.active),
    ]);
  },
  bringIn,
};

async function bringIn(work: Importing, rows: readonly SheetRow[]): Promise<Counts> {
  const lines = await readLines(work, rows);
  const all = lines.map((line) => [line, changesOf(line)] as const);
  const changes = new Map(all.filter(([, { facts, grant }]) => facts || grant));
  for (const [line, change] of changes) judgeLine(work, line, change);
  await judgeAgentNumbers(work, lines);
  await judgeLedTo(work, [...changes.keys()]);
  await judgeManagers(work, lines);
  const created = [...changes.keys()].filter(({ before }) => before === null).length;
  const counts = { ...nothing(), created, changed: changes.size - created, unchanged: lines.length - changes.size };
  if (work.faults.any) return counts;
  const passwords = await writePeople(work, changes);
  return { ...counts, passwords: [...passwords].map(([login, password]) => ({ login, password })) };
}
