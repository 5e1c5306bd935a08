import type { FlowNodeDocument } from '@rexian/contracts';
import { Select } from 'antd';
import { useState } from 'react';
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
  const exits = exitsOf(node);
  if (exits.length === 0) return null;
  return (
    <section className="exits" aria-label="出口">
      <h3>出口</h3>
      {exits.map((exit) => (
        <div className="exit" key={exit.name} data-state={exit.state}>
          <label htmlFor={idOf(exit)} title={exit.label}>
            {exit.label}
          </label>
          <ExitSelect {...{ nodeId, exit, readOnly }} />
          {exit.state === 'wrong' && <FieldFindings findings={findings.filter(({ port }) => port === exit.name)} />}
        </div>
      ))}
    </section>
  );
}

const idOf = ({ name }: Exit): string => fieldId(portField(name));

/** What can be chosen is read when it is opened: a flow has hundreds of nodes. */
function ExitSelect({ nodeId, exit, readOnly }: { nodeId: string; exit: Exit; readOnly: boolean }) {
  const { document, change } = useEditorState();
  const [open, setOpen] = useState(false);
  const { name, to, state } = exit;
  const targets = open ? Object.keys(document.nodes) : to === undefined ? [] : [to];
  return (
    <Select<string>
      id={idOf(exit)}
      value={(to ?? null) as string}
      options={targets.map((id) => ({ value: id, label: titleOf(document, id) }))}
      placeholder={placeholder(exit)}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      disabled={readOnly}
      status={state === 'open' || state === 'wrong' ? 'error' : ''}
      popupMatchSelectWidth={false}
      onOpenChange={setOpen}
      onChange={(target) => change((before) => connect(before, nodeId, name, target ?? null))}
    />
  );
}

const placeholder = ({ state, instead }: Exit): string => (state === 'optional' ? (instead ?? '') : '请选择下一个节点');
