/** The province's registration forms, handed down to all centres. */
import { orderFormTemplates, type WorkOrderKind } from '@rexian/contracts';
import { insertForm } from '../order-forms/service.ts';
import type { Queryable } from '../platform/db.ts';

export async function seedOrderForms(db: Queryable, unitId: string): Promise<void> {
  for (const [kind, fields] of Object.entries(orderFormTemplates))
    await insertForm(db, { unitId, kind: kind as WorkOrderKind, fields, by: '系统' });
}
