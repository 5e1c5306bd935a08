/** Brings a file in: all of it, or nothing. */
import type { ImportReport } from '@rexian/contracts';
import { authorityOf, lockAuthority } from '../centres/authority.ts';
import type { Trees } from '../centres/trees.ts';
import type { Audit, Caller } from '../platform/api.ts';
import { writeAudits } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { violated } from '../platform/errors.ts';
import type { Store } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';
import type { OrderSteps } from '../work-orders/steps/steps.ts';
import { type Counts, type Importing, type Kind, nothing } from './kind.ts';
import { Faults, readRows, type SheetRow } from './sheet.ts';

export interface ImportOf {
  kind: Kind;
  file: File;
  commit: boolean;
  store: Store;
  trees: Trees;
  db: Db;
  caller: Caller;
  /** Where the file comes from. */
  address: string;
  audit: Audit;
  temporaryPassword(): string;
  vault: Vault;
  steps: OrderSteps;
}

/** Takes back what was written. */
class Undone extends Error {}

export async function importFile(of: ImportOf): Promise<ImportReport> {
  const faults = new Faults();
  const rows = await readRows(of.file, of.kind.columns, faults);
  const counts = faults.any ? nothing() : await bringIn(of, rows, faults);
  const imported = of.commit && !faults.any;
  const { passwords, ...figures } = counts;
  return { rows: rows.length, ...figures, errors: faults.list, imported, passwords: imported ? passwords : [] };
}

async function bringIn(of: ImportOf, rows: readonly SheetRow[], faults: Faults): Promise<Counts> {
  const { kind, store, trees, db, caller, commit, temporaryPassword, vault, steps } = of;
  let counts = nothing();
  const writer = kind.through === 'engine' ? store.system : db;
  try {
    await writer.transaction().execute(async (trx) => {
      await lockAuthority(trx);
      const by = await authorityOf(trx, caller, await trees.tree());
      const work = {
        trx,
        db,
        system: store.system,
        caller,
        by,
        entries: [],
        temporaryPassword,
        faults,
        vault,
        steps,
        onlyChecked: !commit,
      };
      counts = await kind.bringIn(work, rows);
      if (faults.any || !commit) throw new Undone();
      await tell(of, work, rows.length, counts);
    });
  } catch (error) {
    if (error instanceof Undone) return counts;
    // Somebody took a login or number in this very moment.
    if (violated(error) === null) throw error;
    faults.add({ row: 1, column: null, message: '导入时有他人修改了相同的数据，请重新选择文件再试' });
  }
  return counts;
}

/** Every change by itself, so that each is found with whom it concerns, and the import as a whole. */
async function tell(
  { kind, caller, address, audit }: ImportOf,
  { trx, entries }: Importing,
  rows: number,
  counts: Counts,
) {
  const { kind: actorKind, id, login, name, unit } = caller.viewer;
  const actor = { kind: actorKind, id, login, name };
  await writeAudits(
    trx,
    entries.map((entry) => ({ ...entry, actor, address })),
  );
  const { created, changed, unchanged } = counts;
  const subject = { kind: kind.subject, id: null, name: `${kind.name}导入 ${rows} 行` };
  await audit({ action: 'imported', subject, unitId: unit.id, after: { rows, created, changed, unchanged } }, trx);
}
