import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import type { Finding } from '@rexian/workflows/graph.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { titleOf } from './titleOf.ts';

type Props = { faults: readonly Finding[] | null; drawing: Drawing | null; onGoTo(id: string): void };

/** Everything that stands in the way of publishing; each fault leads to its place. */
export function FindingsPanel({ faults, drawing, onGoTo }: Props) {
  if (!faults || !drawing) return null;
  return (
    <section className="workflow-findings" aria-label="检查结果">
      {faults.length === 0 ? (
        <p data-good>
          <CheckCircleFilled /> 没有发现问题，可以发布
        </p>
      ) : (
        <>
          <h4>{faults.length} 处错误，改正后才能发布</h4>
          <ul>
            {faults.map(({ element, message }) => (
              <li key={`${element} ${message}`}>
                <CloseCircleFilled />
                {element === null ? (
                  <span>{message}</span>
                ) : (
                  <button type="button" onClick={() => onGoTo(element)}>
                    <b>{titleOf(drawing, element)}</b> {message}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
