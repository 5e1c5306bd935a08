import type { FlowDocument, FlowNodeDocument } from '@rexian/contracts';
import { Select } from 'antd';
import { memo, useState } from 'react';
import { type Exit, exitsOf } from '../canvas/exits.ts';
import { connect } from './document.ts';
import { FieldFindings } from './fields/FieldView.tsx';
import { fieldId } from './fields/field.ts';
import { portField, type ToldFinding } from './findings.ts';
import { useEditing, useEditorState } from './state.ts';
import { titleOf } from './walk.ts';

type Props = { nodeId: string; node: FlowNodeDocument; readOnly: boolean; findings: readonly ToldFinding[] };

/** Where each exit of a node leads. */
export function Exits({ nodeId, node, readOnly, findings }: Props) {
  const { document } = useEditorState();
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
          <ExitSelect
            {...{ nodeId, readOnly }}
            {...exit}
            leadsTo={exit.to === undefined ? '' : titleOf(document, exit.to)}
          />
          {exit.state === 'wrong' && <FieldFindings findings={findings.filter(({ port }) => port === exit.name)} />}
        </div>
      ))}
    </section>
  );
}

const idOf = ({ name }: Pick<Exit, 'name'>): string => fieldId(portField(name));

type SelectProps = Exit & { nodeId: string; leadsTo: string; readOnly: boolean };

/** What can be chosen is read when it is opened: a flow has hundreds of nodes. */
const ExitSelect = memo(function ExitSelect({ nodeId, leadsTo, readOnly, ...exit }: SelectProps) {
  const { current, change } = useEditing();
  const [open, setOpen] = useState(false);
  const { name, to, state } = exit;
  const shown = to === undefined ? [] : [{ value: to, label: leadsTo }];
  return (
    <Select<string>
      id={idOf(exit)}
      value={(to ?? null) as string}
      options={open ? targetsIn(current()) : shown}
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
});

const targetsIn = (document: FlowDocument) =>
  Object.keys(document.nodes).map((id) => ({ value: id, label: titleOf(document, id) }));

const placeholder = ({ state, instead }: Exit): string => (state === 'optional' ? (instead ?? '') : '请选择下一个节点');
