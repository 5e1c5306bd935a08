import { CheckCircleFilled, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import type { Finding } from '@rexian/flows/graph.ts';
import { Alert, Button } from 'antd';
import { errorText } from '../../platform/errors.ts';
import { portField, useFound } from './findings.ts';
import { useOptions } from './options.tsx';
import { useEditorState } from './state.ts';
import { titleOf } from './walk.ts';
import './form.css';

type Props = { onGoTo(nodeId: string, field?: string): void };

/** Everything that is wrong or should be known; each leads to its place. */
export function FindingsPanel({ onGoTo }: Props) {
  const { faults, warnings } = useFound();
  const { known, error, retry } = useOptions();
  return (
    <section className="findings-panel" aria-label="检查结果">
      {error !== null && (
        <Alert
          type="warning"
          showIcon
          title={`技能组、语音等尚未检查：${errorText(error)}`}
          action={
            <Button size="small" onClick={retry}>
              重试
            </Button>
          }
        />
      )}
      {faults.length + warnings.length === 0 && known && (
        <p className="findings-none">
          <CheckCircleFilled /> 没有发现问题，可以发布
        </p>
      )}
      <List tone="fault" title="错误，改正后才能发布" findings={faults} onGoTo={onGoTo} />
      <List tone="warning" title="提醒，不影响发布" findings={warnings} onGoTo={onGoTo} />
    </section>
  );
}

type ListProps = Props & { tone: 'fault' | 'warning'; title: string; findings: readonly Finding[] };

function List({ tone, title, findings, onGoTo }: ListProps) {
  const { document } = useEditorState();
  if (findings.length === 0) return null;
  return (
    <>
      <h4 data-tone={tone}>
        {findings.length} 处{title}
      </h4>
      <ul>
        {findings.map(({ node, port, field, message }) => (
          <li key={`${node} ${port} ${field} ${message}`} data-tone={tone}>
            {tone === 'fault' ? <CloseCircleFilled /> : <WarningFilled />}
            {node === null ? (
              <span>{message}</span>
            ) : (
              <button type="button" onClick={() => onGoTo(node, field ?? (port && portField(port)))}>
                <b>{titleOf(document, node)}</b> {message}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
