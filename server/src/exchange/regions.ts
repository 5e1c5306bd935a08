/** Where numbers are at home, in files: told by prefix. A file creates and changes; it removes nothing. */
import { type PhoneRegion, regionName, regionPrefix } from '@rexian/contracts';
import { WHOLE_TREE_ONLY } from '../queues/regions.ts';
import { type Counts, type Importing, Keys, nothing, type TwoWayKind } from './kind.ts';
import type { SheetRow } from './sheet.ts';

const PREFIX = '号段';
const REGION = '归属地';

export const regionsKind: TwoWayKind = {
  name: '号段归属地',
  subject: 'phone_region',
  permission: 'queues.manage',
  through: 'scope',
  columns: [
    { title: PREFIX, width: 14, example: '0771' },
    { title: REGION, width: 24, example: '广西南宁' },
  ],
  async rows({ db }) {
    const rows = await db.selectFrom('phone_regions').select(['prefix', 'region']).orderBy('prefix').execute();
    return rows.map(({ prefix, region }) => [prefix, region]);
  },
  bringIn,
};

/** Rows of one statement. */
const AT_ONCE = 1_000;

async function bringIn({ trx, db, caller, entries, faults }: Importing, rows: readonly SheetRow[]): Promise<Counts> {
  const counts = nothing();
  const keys = new Keys();
  const known = new Map(
    (await db.selectFrom('phone_regions').select(['prefix', 'region']).execute()).map((row) => [
      row.prefix,
      row.region,
    ]),
  );
  const written: PhoneRegion[] = [];
  for (const row of rows) {
    const prefix = row.read(PREFIX, regionPrefix);
    const region = row.read(REGION, regionName);
    if (prefix === undefined || !keys.take(row, PREFIX, prefix) || region === undefined) continue;
    const before = known.get(prefix);
    if (before === region) counts.unchanged += 1;
    else if (!caller.scope.everything) row.wrong(null, WHOLE_TREE_ONLY);
    else {
      counts[before === undefined ? 'created' : 'changed'] += 1;
      written.push({ prefix, region });
      entries.push(entryOf({ prefix, region }, before));
    }
  }
  if (!faults.any)
    for (let at = 0; at < written.length; at += AT_ONCE)
      await trx
        .insertInto('phone_regions')
        .values(written.slice(at, at + AT_ONCE))
        .onConflict((conflict) => conflict.column('prefix').doUpdateSet((e) => ({ region: e.ref('excluded.region') })))
        .execute();
  return counts;
}

const entryOf = ({ prefix, region }: PhoneRegion, before: string | undefined): Importing['entries'][number] => ({
  action: before === undefined ? 'created' : 'changed',
  subject: { kind: 'phone_region', id: null, name: `号段 ${prefix}` },
  unitId: null,
  before: before === undefined ? null : { region: before },
  after: { region },
});
