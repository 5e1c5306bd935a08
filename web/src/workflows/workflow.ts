import type { WorkflowDetail } from '@rexian/contracts';
import { client } from '../platform/api.ts';

/** A workflow as the editor keeps it: what is drawn is its document. */
export type Workflow = WorkflowDetail & { document: string };

export const workflowOf = (detail: WorkflowDetail): Workflow => ({ ...detail, document: detail.drawing });

export const readWorkflowOf = async (id: string): Promise<Workflow> => workflowOf(await client.workflows.get({ id }));
