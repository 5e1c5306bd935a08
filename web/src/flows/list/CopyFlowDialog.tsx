import { type FlowSummary, flowName } from '@rexian/contracts';
import { CopyDialog, type Target } from '../../drafts/CopyDialog.tsx';
import { api, client } from '../../platform/api.ts';

export function CopyFlowDialog({ flow: { id, name }, onClose }: { flow: FlowSummary; onClose(): void }) {
  const run = async (target: Target) => {
    const copies = await client.flows.copy({ id, ...target });
    return copies.map(({ flow, missing }) => ({
      ...flow,
      missing: missing.length > 0 ? `该机构没有${missing.join('、')}，请在草稿中重新选择后发布` : null,
    }));
  };
  return (
    <CopyDialog
      name={name}
      nameRule={flowName}
      note="复制为草稿，发布后才生效；技能组和子流程按名称对应到所选机构。"
      path="/flows"
      run={run}
      touches={[api.flows.list.key()]}
      onClose={onClose}
    />
  );
}
