import type { FlowNodeDocument } from '@rexian/contracts';
import { filledFields, WITH_VARIABLES } from '@rexian/flows/fields.ts';
import { Handle, type NodeProps, Position, type ReactFlowState, useStore } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import { nodeTypes } from '../registry.ts';
import { type CardNode, ENTRY } from './drawing.ts';
import { exitsOf } from './exits.ts';
import { iconOf } from './icons.ts';
import { useNames } from './names.ts';
import { exitY } from './size.ts';

/** Too small for more than a title to be read, or an exit to be hit. */
const isFar = ({ transform: [, , zoom] }: ReactFlowState): boolean => zoom < 0.3;

/** A node: what it is, what it is called, the beginning of what it says, and its exits. */
export const NodeCard = memo(function NodeCard({ data: { node, start, mark }, selected }: NodeProps<CardNode>) {
  const definition = nodeTypes.get(node.type);
  const Icon = definition && iconOf(definition);
  const title = node.title ?? definition?.title ?? node.type;
  const far = useStore(isFar);
  const heat = mark?.heat === undefined ? {} : ({ '--heat': mark.heat } as CSSProperties);
  return (
    <div
      className="flow-card"
      data-group={definition?.group ?? 'unknown'}
      data-mark={mark?.tone}
      data-selected={selected || undefined}
      data-far={far || undefined}
      style={heat}
    >
      {!far && <Handle id={ENTRY} type="target" position={Position.Left} className="flow-entry" />}
      <header>
        <span className="flow-icon">{Icon && <Icon />}</span>
        <div>
          <strong title={title}>{title}</strong>
          {!far && (
            <small>
              <Summary node={node} />
            </small>
          )}
        </div>
        {start && <em className="flow-start">开始</em>}
        {mark?.badge !== undefined && <em className="flow-badge">{mark.badge}</em>}
      </header>
      {!far && <Exits node={node} />}
    </div>
  );
});

function Exits({ node }: { node: FlowNodeDocument }) {
  const exits = exitsOf(node);
  if (exits.length === 0) return null;
  return (
    <ul>
      {exits.map(({ name, label, state, instead }, index) => (
        <li key={name} data-state={state}>
          <span>{label}</span>
          {instead && <i>{instead}</i>}
          <Handle
            id={name}
            type="source"
            position={Position.Right}
            style={{ top: exitY(index) }}
            className="flow-exit"
            data-state={state}
          />
        </li>
      ))}
    </ul>
  );
}

/** The type, and what sets this node apart from others of it: whom it leads to, or what it says. */
function Summary({ node: { type, title, config } }: { node: FlowNodeDocument }) {
  const names = useNames();
  const definition = nodeTypes.get(type);
  if (!definition) return `未知类型 ${type}`;
  for (const { field, value } of filledFields(definition.form, config)) {
    if (typeof value !== 'string') continue;
    const text = names.get(value) ?? (WITH_VARIABLES.has(field.kind) || field.kind === 'expression' ? value : null);
    if (text) return text;
  }
  return title === undefined ? '' : definition.title;
}
