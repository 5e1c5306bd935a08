import { TargetField } from '../orders/targets/TargetField.tsx';
import { errorText } from '../platform/errors.ts';
import { type Next, placeText } from './useNext.ts';
import type { Registering } from './useRegistration.ts';

type Props = Pick<Registering, 'targets' | 'setTargets' | 'faults'> & { next: Next };

/** By which workflow and where the order goes when it is handed on, and the choice of a unit where the drawing leaves it to the registrar. */
export function NextSteps({ next: { nodes, workflow, error }, targets, setTargets, faults }: Props) {
  if (error) return <span className="field-error">{errorText(error)}</span>;
  if (nodes.length === 0) return null;
  return (
    <div className="registration-next">
      <span className="muted">流转至</span>
      {nodes.map((node) =>
        node.to ? (
          <b key={node.node}>{placeText(node)}</b>
        ) : (
          <TargetField
            key={node.node}
            label={node.title}
            value={targets[node.node] ?? null}
            onChange={(target) =>
              setTargets(({ [node.node]: _, ...others }) => (target ? { ...others, [node.node]: target } : others))
            }
          />
        ),
      )}
      {workflow && (
        <span
          className="muted"
          title={workflow.category ? `适用类别：${workflow.category.path}` : '适用于该类型的全部工单'}
        >
          按{workflow.unit.name}“{workflow.name}”v{workflow.version}
        </span>
      )}
      {faults.targets && (
        <span className="field-error" role="alert">
          {faults.targets}
        </span>
      )}
    </div>
  );
}
