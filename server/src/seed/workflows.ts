/** The demo's workflows of work orders: the ready templates, published by the province for all below. */
import { workflowTemplates } from '@rexian/workflows/templates.ts';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { templateDrawing } from '../workflows/service.ts';

export async function seedWorkflows(db: Queryable, unitId: string): Promise<void> {
  for (const { id: template, title } of workflowTemplates) {
    if (template === 'blank') continue;
    const id = newId();
    await db.insertInto('workflows').values({ id, unit_id: unitId, kind: template, name: title }).execute();
    await db
      .insertInto('workflow_versions')
      .values({
        workflow_id: id,
        version: 1,
        drawing: await templateDrawing(template),
        published_by: '系统',
        note: '初始版本',
      })
      .execute();
  }
}
