import type { FlowDocument, FlowFinding } from '@rexian/contracts';
import { Alert, Button } from 'antd';
import { nodeTypes } from '../registry.ts';

type Props = {
  faults: readonly FlowFinding[];
  warnings: readonly FlowFinding[];
  document: FlowDocument;
  onGoTo(nodeId: string): void;
};

/** What stands in the way of publishing, and what should be known. */
export function Findings({ faults, warnings, ...place }: Props) {
  return (
    <>
      {faults.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={`有 ${faults.length} 处错误，改正后才能发布`}
          description={<Lines findings={faults} {...place} />}
        />
      )}
      {warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`有 ${warnings.length} 处提醒，不影响发布`}
          description={<Lines findings={warnings} {...place} />}
        />
      )}
    </>
  );
}

function Lines({
  findings,
  document,
  onGoTo,
}: Omit<Props, 'faults' | 'warnings'> & { findings: readonly FlowFinding[] }) {
  return (
    <ul className="findings">
      {findings.map(({ node, port, field, message }) => (
        <li key={`${node} ${port} ${field} ${message}`}>
          {node !== null && <b>{titleOf(document, node)}</b>} {message}
          {node !== null && (
            <Button type="link" size="small" onClick={() => onGoTo(node)}>
              查看
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function titleOf({ nodes }: FlowDocument, id: string): string {
  const node = nodes[id];
  return node ? (node.title ?? nodeTypes.get(node.type)?.title ?? node.type) : id;
}
