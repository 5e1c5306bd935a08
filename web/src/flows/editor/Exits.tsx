import type { FlowNodeDocument } from '@rexian/contracts';
import { Select } from 'antd';
import { useDeferredValue, useMemo } from 'react';
import { type Exit, exitsOf } from '../canvas/exits.ts';
import { connect } from './document.ts';
import { FieldFindings } from './fields/FieldView.tsx';
import { fieldId } from './fields/field.ts';
import { portField, type ToldFinding } from './findings.ts';
import { useEditorState } from './state.ts';
import { titleOf } from './walk.ts';

type Props = { nodeId: string; node: FlowNodeDocument; readOnly: boolean; findings: readonly ToldFinding[] };

/** Where each exit of a node leads. */
export function Exits({ nodeId, node, readOnly, findings }: Props) {
  const { document, change } = useEditorState();
  const titled = useDeferredValue(document);
  const targets = useMemo(
    () => Object.keys(titled.nodes).map((id) => ({ value: id, label: titleOf(titled, id) })),
    [titled],
  );
  const exits = exitsOf(node);
  if (exits.length === 0) return null;
  return (
    <section className="exits" aria-label="出口">
      <h3>出口</h3>
      {exits.map((exit) => {
        const id = fieldId(portField(exit.name));
        return (
          <div className="exit" key={exit.name} data-state={exit.state}>
            <label htmlFor={id} title={exit.label}>
              {exit.label}
            </label>
            <Select<string>
              id={id}
              value={(exit.to ?? null) as string}
              options={targets}
              placeholder={placeholder(exit)}
              showSearch={{ optionFilterProp: 'label' }}
              allowClear
              disabled={readOnly}
              status={exit.state === 'open' || exit.state === 'wrong' ? 'error' : ''}
              popupMatchSelectWidth={false}
              onChange={(to) => change(connect(document, nodeId, exit.name, to ?? null))}
            />
            {exit.state === 'wrong' && <FieldFindings findings={findings.filter(({ port }) => port === exit.name)} />}
          </div>
        );
      })}
    </section>
  );
}

const placeholder = ({ state, instead }: Exit): string => (state === 'optional' ? (instead ?? '') : '请选择下一个节点');
