import type { FlowOptions } from '@rexian/contracts';
import type { ReferenceKind } from '@rexian/flows/node.ts';
import { isReference, REFERENCES } from '@rexian/flows/validate.ts';
import { Select } from 'antd';
import { useMemo } from 'react';
import { type Options, useOptions } from '../options.tsx';
import type { FieldProps } from './field.ts';

interface Choice {
  value: string;
  label: string;
}

/** A queue, a person, an access code or a flow, found by typing a part of its name. */
export function ReferenceField({ field: { kind }, id, shape, value, disabled, status, onChange }: FieldProps) {
  const { options, unitId, error } = useOptions();
  const choices = useMemo(
    () => (options && isReference(kind) ? choicesOf(kind, options, unitId) : []),
    [options, kind, unitId],
  );
  const chosen = typeof value === 'string' && value !== '' ? value : null;
  const gone = options !== null && chosen !== null && !choices.some((choice) => choice.value === chosen);
  const shown = chosen && gone ? [{ value: chosen, label: '已停用或不存在' }, ...choices] : choices;
  const what = isReference(kind) ? REFERENCES[kind] : '';
  return (
    <Select<string>
      id={id}
      className="wide reference-field"
      data-gone={gone || undefined}
      // Before the names are known an id would tell nothing.
      value={(options ? chosen : null) as string}
      placeholder={placeholder({ options, error }, chosen !== null, what)}
      options={shown}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!shape.required}
      loading={!options && !error}
      disabled={disabled || !options}
      status={gone ? 'error' : status}
      notFoundContent={`没有可选的${what}`}
      popupMatchSelectWidth={false}
      onChange={(next) => onChange(next)}
    />
  );
}

const placeholder = (
  { options, error }: Pick<Options, 'options' | 'error'>,
  isChosen: boolean,
  what: string,
): string => (options || !isChosen ? `请选择${what}` : error ? '名称暂时无法读取' : '正在读取…');

function choicesOf(kind: ReferenceKind, options: FlowOptions, unitId: string): Choice[] {
  const { queues, people, accessCodes, flows } = options;
  const elsewhere = ({ id, name }: { id: string; name: string }) => (id === unitId ? '' : `（${name}）`);
  switch (kind) {
    case 'queue':
      return queues.map(({ id, name, unit }) => ({ value: id, label: name + elsewhere(unit) }));
    case 'flow':
      return flows.map(({ id, name, unit }) => ({ value: id, label: name + elsewhere(unit) }));
    case 'person':
      return people.map(({ id, name, agentNumber }) => ({
        value: id,
        label: agentNumber ? `${name} ${agentNumber}` : name,
      }));
    case 'access_code':
      return accessCodes.map(({ id, code, name, unit }) => ({ value: id, label: `${code} ${name}${elsewhere(unit)}` }));
  }
}
