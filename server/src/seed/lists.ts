/** A few entries of the black and white lists. The numbers are made up: 1980000… is nobody's. */
import type { ListKind } from '@rexian/contracts';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Vault } from '../platform/vault.ts';
import type { DemoCentres } from './centres.ts';

interface DemoEntry {
  unit: string;
  kind: ListKind;
  number: string;
  reason: string;
  /** null: for good. */
  days: number | null;
}

const ENTRIES: readonly DemoEntry[] = [
  { unit: 'gx', kind: 'black', number: '19800000001', reason: '反复拨打无声电话', days: 90 },
  { unit: 'gx', kind: 'black', number: '19800000002', reason: '辱骂坐席，多次提醒无效', days: 30 },
  { unit: 'gx', kind: 'white', number: '19800000003', reason: '防汛应急联络人', days: null },
  { unit: 'gx.nanning', kind: 'black', number: '19800000004', reason: '广告推销来电', days: null },
  { unit: 'gx.nanning', kind: 'white', number: '19800000005', reason: '重点企业财务负责人', days: 365 },
  { unit: 'gx.liuzhou', kind: 'black', number: '19800000006', reason: '恶意占线', days: 30 },
];
const DAY_MS = 86_400_000;

export async function seedLists(db: Queryable, vault: Vault, { unitIds }: DemoCentres): Promise<void> {
  const rows = ENTRIES.map(({ unit, kind, number, reason, days }) => ({
    id: newId(),
    unit_id: unitIds.get(unit) ?? '',
    kind,
    number_sealed: vault.seal('number', number),
    number_index: vault.index('number', number),
    number_tail: vault.tail('number', number),
    reason,
    expires_at: days === null ? null : new Date(Date.now() + days * DAY_MS),
    created_by: '系统管理员',
  }));
  await db.insertInto('list_entries').values(rows).execute();
}
