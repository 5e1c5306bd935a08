/** What a kind of file is: its columns, how it goes out, how it comes in. */
import type { AuditSubject, ImportReport, Permission } from '@rexian/contracts';
import type { Transaction } from 'kysely';
import type { Authority } from '../centres/authority.ts';
import type { TreeUnit, UnitTree } from '../centres/tree.ts';
import type { Caller } from '../platform/api.ts';
import type { AuditEntry } from '../platform/audit.ts';
import type { Db, Queryable } from '../platform/db.ts';
import type { Database } from '../platform/schema.ts';
import type { Vault } from '../platform/vault.ts';
import type { OrderSteps } from '../work-orders/steps/steps.ts';
import type { Column, Faults, SheetRow } from './sheet.ts';

export interface Exporting {
  db: Db;
  caller: Caller;
  tree: UnitTree;
}

/** Within one import. What is only checked is written too, and rolled back again: then it is known to go. */
export interface Importing {
  trx: Transaction<Database>;
  /** Of the viewer's scope, outside the transaction: what there was before. */
  db: Db;
  /** Sees everything, outside the transaction. */
  system: Db;
  caller: Caller;
  by: Authority;
  /** What the rows change, written last and all at once: others wait for their place in the audit log meanwhile. */
  entries: Pick<AuditEntry, 'action' | 'subject' | 'unitId' | 'before' | 'after'>[];
  temporaryPassword(): string;
  faults: Faults;
  vault: Vault;
  steps: OrderSteps;
  /** Nothing stays of it. */
  onlyChecked: boolean;
}

export type Counts = Pick<ImportReport, 'created' | 'changed' | 'unchanged' | 'passwords'>;
export const nothing = (): Counts => ({ created: 0, changed: 0, unchanged: 0, passwords: [] });

export interface Kind {
  name: string;
  subject: AuditSubject;
  permission: Permission;
  columns: readonly Column[];
  /** What the template of a unit asks besides; a file may do without. `db` sees everything. */
  moreColumns?(db: Queryable, unitId: string): Promise<readonly Column[]>;
  /** Which database role writes: `scope` sees the viewer's rows only; `engine` where that may not write. */
  through: 'scope' | 'engine';
  /** Writes what is right and tells what is wrong at its row. */
  bringIn(work: Importing, rows: readonly SheetRow[]): Promise<Counts>;
}

/** What goes out in the same columns. */
export interface TwoWayKind extends Kind {
  /** Rows in reach, in the order of the columns. */
  rows(of: Exporting): Promise<string[][]>;
}

const inUse = { yes: '启用', no: '停用' };
export const shownActive = (active: boolean): string => (active ? inUse.yes : inUse.no);
export const readActive = (row: SheetRow, column: string): boolean =>
  row.choose<keyof typeof inUse>(column, inUse, 'yes') !== 'no';

/** The unit in reach at the path that a cell names. */
export function readUnit(row: SheetRow, column: string, { tree, reach }: Authority): TreeUnit | undefined {
  const path = row.text(column);
  const unit = tree.at(path);
  if (unit && reach.unitIds.has(unit.id)) return unit;
  row.wrong(
    column,
    path === '' ? '请填写机构路径，如 gx.nanning' : `没有找到机构“${path.slice(0, 60)}”，请填写路径，如 gx.nanning`,
  );
  return undefined;
}

/** Tells rows whose key came before. */
export class Keys {
  readonly #rows = new Map<string, number>();

  /** Whether the key is new in this file. */
  take(row: SheetRow, column: string, key: string): boolean {
    const earlier = this.#rows.get(key);
    if (earlier === undefined) this.#rows.set(key, row.number);
    else row.wrong(column, `与第 ${earlier} 行重复`);
    return earlier === undefined;
  }
}
