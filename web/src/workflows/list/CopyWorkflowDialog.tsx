import { type WorkflowSummary, workflowName } from '@rexian/contracts';
import { CopyDialog, type Target } from '../../drafts/CopyDialog.tsx';
import { api, client } from '../../platform/api.ts';

type Props = { workflow: WorkflowSummary; onClose(): void };

export function CopyWorkflowDialog({ workflow: { id, name }, onClose }: Props) {
  const run = async (target: Target) => {
    const copies = await client.workflows.copy({ id, ...target });
    return copies.map(({ workflow, open }) => ({
      ...workflow,
      missing: open.length > 0 ? `请在草稿中为${open.map((title) => `“${title}”`).join('、')}选择办理单位后发布` : null,
    }));
  };
  return (
    <CopyDialog
      name={name}
      nameRule={workflowName}
      note="复制为草稿，发布后才生效；指定给其他单位的环节须重新选择单位。"
      path="/workflows"
      run={run}
      touches={[api.workflows.list.key()]}
      onClose={onClose}
    />
  );
}
