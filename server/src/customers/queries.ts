/** 来电人 of a centre: sealed facts about whoever calls from a number, found by whole values and by last four. */
import type { Customer } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { openNumber } from '../contacts/caller-number.ts';
import { contactScope, type LedgerReader, unitsInReach } from '../contacts/scope.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { maskId, maskName, maskNumber } from '../platform/masking.ts';
import type { Purpose, Vault } from '../platform/vault.ts';

/** The facts that are sealed, by the name of their columns. */
export const SEALED = { name: 'name', idNumber: 'id_number', taxNumber: 'tax_number' } as const satisfies Record<
  string,
  Purpose
>;
export type SealedFact = keyof typeof SEALED;
export type CustomerChanges = { [fact in SealedFact | 'company']?: string | undefined };

interface CustomerRow {
  id: string;
  unitId: string;
  number: Buffer;
  name: Buffer | null;
  idNumber: Buffer | null;
  taxNumber: Buffer | null;
  company: string;
  changedAt: Date;
}

/** Everything in clear: for whoever may reveal, and for comparing. */
export interface ClearCustomer {
  id: string;
  unitId: string;
  number: string;
  name: string;
  idNumber: string;
  taxNumber: string;
  company: string;
  changedAt: Date;
}

const columns = sql`k.id, k.unit_id as "unitId", k.number_sealed as number, k.name_sealed as name,
  k.id_number_sealed as "idNumber", k.tax_number_sealed as "taxNumber", k.company, k.changed_at as "changedAt"`;

function toClear(vault: Vault, row: CustomerRow): ClearCustomer {
  const open = (purpose: Purpose, sealed: Buffer | null) => (sealed ? vault.open(purpose, sealed) : '');
  return {
    ...row,
    number: vault.open('number', row.number),
    name: open('name', row.name),
    idNumber: open('id_number', row.idNumber),
    taxNumber: open('tax_number', row.taxNumber),
  };
}

/** As screens show it. */
export function toCustomer(clear: ClearCustomer, can: Customer['can']): Customer {
  const { id, number, name, idNumber, taxNumber, company, changedAt } = clear;
  return {
    id,
    number: maskNumber(number),
    name: maskName(name),
    idNumber: maskId(idNumber),
    taxNumber: maskId(taxNumber),
    company,
    changedAt,
    can,
  };
}

/** A contact the viewer may see: who called, and the centre that keeps its customers; null: none. */
export async function callerOfContact({ db, vault, caller }: LedgerReader, contactId: string) {
  const found = await sql<{ sealed: Buffer | null; unitId: string }>`
    select c.caller_sealed as sealed, coalesce((
        select centre.id from units u join units centre on centre.path @> u.path and centre.kind = 'centre'
        where u.id = c.unit_id order by nlevel(centre.path) desc limit 1), c.unit_id) as "unitId"
    from contacts c where c.id = ${contactId} and ${contactScope(caller)}`.execute(db);
  const row = found.rows[0];
  return row ? { number: openNumber(vault, row.sealed), withheld: row.sealed === null, unitId: row.unitId } : null;
}

/** What the unit knows of a number. */
export async function customerOfNumber(db: Db, vault: Vault, unitId: string, number: string) {
  const { rows } = await sql<CustomerRow>`select ${columns} from customers k
    where k.unit_id = ${unitId} and k.number_index = any(${vault.indexes('number', number)}::bytea[])`.execute(db);
  return rows[0] ? toClear(vault, rows[0]) : null;
}

/** The 社会信用代码 that is registered for whoever calls from the number; empty: none. */
export async function statedCode(db: Db, vault: Vault, unitId: string, number: string): Promise<string> {
  return (await customerOfNumber(db, vault, unitId, number))?.taxNumber ?? '';
}

export async function customerById({ db, vault, caller }: LedgerReader, id: string): Promise<ClearCustomer | null> {
  const { rows } = await sql<CustomerRow>`select ${columns} from customers k
    where k.id = ${id} and k.unit_id in (${unitsInReach(caller)})`.execute(db);
  return rows[0] ? toClear(vault, rows[0]) : null;
}

/** By the whole of name, id number or tax number, or the last four of the numbers. */
export async function findCustomers({ db, vault, caller }: LedgerReader, text: string): Promise<ClearCustomer[]> {
  const upper = text.toUpperCase();
  const either: RawBuilder<unknown>[] = [
    sql`k.name_index = any(${vault.indexes('name', text)}::bytea[])`,
    sql`k.id_number_index = any(${vault.indexes('id_number', upper)}::bytea[])`,
    sql`k.tax_number_index = any(${vault.indexes('tax_number', upper)}::bytea[])`,
  ];
  if (upper.length === 4)
    either.push(
      sql`k.id_number_tail = any(${vault.tails('id_number', upper)}::bytea[])`,
      sql`k.tax_number_tail = any(${vault.tails('tax_number', upper)}::bytea[])`,
    );
  const { rows } = await sql<CustomerRow>`select ${columns} from customers k
    where (${sql.join(either, sql` or `)}) and k.unit_id in (${unitsInReach(caller)})
    order by k.changed_at desc limit 50`.execute(db);
  return rows.map((row) => toClear(vault, row));
}

/** Writes the given facts; an empty one is cleared, a missing one stays. Two agents at once: both facts are kept. */
export async function saveCustomer(
  db: Db,
  vault: Vault,
  of: { unitId: string; number: string; personId: string },
  changes: CustomerChanges,
): Promise<ClearCustomer> {
  const known = await customerOfNumber(db, vault, of.unitId, of.number);
  const id = known?.id ?? newId();
  const facts = {
    ...sealedColumns(vault, changes),
    ...(changes.company === undefined ? {} : { company: changes.company }),
  };
  const stamp = { changed_at: new Date(), changed_by: of.personId };
  await db
    .insertInto('customers')
    .values({
      id,
      unit_id: of.unitId,
      number_sealed: vault.seal('number', of.number),
      number_index: known ? await currentIndex(db, id) : vault.index('number', of.number),
      number_tail: vault.tail('number', of.number),
      ...facts,
      ...stamp,
    } as never)
    .onConflict((conflict) => conflict.columns(['unit_id', 'number_index']).doUpdateSet({ ...facts, ...stamp }))
    .execute();
  const saved = await customerOfNumber(db, vault, of.unitId, of.number);
  if (!saved) throw new Error('a customer that was just saved is not there');
  return saved;
}

/** While the data key changes, a row may still lie under its old index. */
async function currentIndex(db: Db, id: string): Promise<Buffer> {
  const row = await db.selectFrom('customers').select('number_index').where('id', '=', id).executeTakeFirstOrThrow();
  return row.number_index;
}

function sealedColumns(vault: Vault, changes: CustomerChanges): Record<string, Buffer | null> {
  const set: Record<string, Buffer | null> = {};
  for (const [fact, purpose] of Object.entries(SEALED) as [SealedFact, Purpose][]) {
    const given = changes[fact];
    if (given === undefined) continue;
    const value = purpose === 'name' ? given : given.toUpperCase();
    set[`${purpose}_sealed`] = value ? vault.seal(purpose, value) : null;
    set[`${purpose}_index`] = value ? vault.index(purpose, value) : null;
    if (purpose !== 'name') set[`${purpose}_tail`] = value ? vault.tail(purpose, value) : null;
  }
  return set;
}
