import type { FlowNodeDocument } from '@rexian/contracts';
import type { Field, NodeDefinition } from '@rexian/flows/node.ts';
import { Alert, Input } from 'antd';
import { memo, useCallback, useEffect } from 'react';
import { useListening } from '../../platform/useListening.ts';
import { iconOf } from '../canvas/icons.ts';
import { nodeTypes } from '../registry.ts';
import { setConfig, setTitle } from './document.ts';
import { Exits } from './Exits.tsx';
import { FieldFindings, FieldView } from './fields/FieldView.tsx';
import { fieldId } from './fields/field.ts';
import { ListeningProvider } from './fields/listening.ts';
import { Rows } from './fields/Rows.tsx';
import { type Shape, shapesOf } from './fields/shapes.ts';
import { type ToldFinding, useFound } from './findings.ts';
import { useEditing, useEditorState } from './state.ts';
import './form.css';

type Props = {
  nodeId: string;
  readOnly: boolean;
  /** What to go to, each time that it is another object: a field's path, or `portField`. */
  focus: { field: string | undefined } | null;
};

const nothing: readonly ToldFinding[] = [];

/** Everything that can be set of one node. */
export function NodeForm({ nodeId, readOnly, focus }: Props) {
  const node = useEditorState().document.nodes[nodeId];
  useEffect(() => {
    if (focus?.field) focusOn(focus.field);
  }, [focus]);
  if (!node) return null;
  const definition = nodeTypes.get(node.type);
  if (!definition) return <Alert type="error" showIcon title={`没有“${node.type}”这种节点，请删除`} />;
  return <Form {...{ nodeId, node, definition, readOnly }} />;
}

/** A row's field that has no place of its own: the rows. */
function focusOn(path: string): void {
  for (let at = path; at; at = at.split('.').slice(0, -1).join('.')) {
    const element = document.getElementById(fieldId(at));
    if (!element) continue;
    element.scrollIntoView({ block: 'center' });
    element.focus();
    return;
  }
}

type FormProps = { nodeId: string; node: FlowNodeDocument; definition: NodeDefinition; readOnly: boolean };

/** Another node's form is the same one with other values, where they have the same fields: to make one anew takes long. */
function Form({ nodeId, node, definition, readOnly }: FormProps) {
  const { change } = useEditing();
  const findings = useFound().byNode.get(nodeId) ?? nothing;
  const listening = useListening();
  const { stop } = listening;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what another node says isn't heard any longer
  useEffect(() => stop, [stop, nodeId]);
  const shapes = shapesOf(definition);
  const config = configOf(node);
  const set = useCallback<SetField>(
    (name, value, what) => {
      const merge = what === undefined ? {} : { merge: `${nodeId}.${name}.${what}` };
      change((document) => setConfig(document, nodeId, withField(document.nodes[nodeId], name, value)), merge);
    },
    [change, nodeId],
  );
  return (
    <ListeningProvider value={listening}>
      <div className="node-form" data-group={definition.group}>
        <Title {...{ nodeId, node, definition, readOnly }} />
        <FieldFindings findings={findings.filter(({ field, port }) => !field && port === undefined)} />
        {definition.form.map((field) => (
          <FormField
            key={`${field.kind} ${field.name}`}
            {...{ field, findings, set }}
            value={config[field.name]}
            shape={shapes[field.name] ?? shapeless}
            disabled={readOnly}
          />
        ))}
        <Exits {...{ nodeId, node, readOnly, findings }} />
      </div>
    </ListeningProvider>
  );
}

/** `what`: more of the same is one step for 撤销; left out: a step of its own. */
type SetField = (name: string, value: unknown, what?: string) => void;

const shapeless: Shape = {};

type FormFieldProps = {
  field: Field;
  value: unknown;
  shape: Shape;
  disabled: boolean;
  findings: readonly ToldFinding[];
  set: SetField;
};

/** Drawn again when it changes, not with every letter that is typed into another one. */
const FormField = memo(function FormField({ set, ...props }: FormFieldProps) {
  const { name, kind } = props.field;
  return kind === 'items' ? (
    <Rows {...props} onChange={(rows, what) => set(name, rows, what)} />
  ) : (
    <FieldView {...props} path={name} onChange={(value) => set(name, value, '')} />
  );
});

function withField(node: FlowNodeDocument | undefined, name: string, value: unknown): Record<string, unknown> {
  const config = node ? configOf(node) : {};
  const { [name]: _before, ...others } = config;
  return value === undefined ? others : { ...config, [name]: value };
}

function configOf({ config }: FlowNodeDocument): Readonly<Record<string, unknown>> {
  return config !== null && typeof config === 'object' ? (config as Record<string, unknown>) : {};
}

function Title({ nodeId, node, definition, readOnly }: FormProps) {
  const { change } = useEditing();
  const Icon = iconOf(definition);
  return (
    <>
      <header className="node-head">
        <span className="flow-icon">
          <Icon />
        </span>
        <div>
          <b>{definition.title}</b>
          {definition.help && <p>{definition.help}</p>}
        </div>
      </header>
      <div className="field">
        <div className="field-label">
          <label htmlFor={fieldId('title')}>节点名称</label>
        </div>
        <Input
          id={fieldId('title')}
          value={node.title ?? ''}
          placeholder={definition.title}
          maxLength={40}
          disabled={readOnly}
          onChange={({ target }) =>
            change((document) => setTitle(document, nodeId, target.value.trim() ? target.value : undefined), {
              merge: `${nodeId}.title`,
            })
          }
        />
      </div>
    </>
  );
}
