import { type FieldFault, type FieldValues, type FormField, type ShownField, shownFields } from '@rexian/contracts';
import { ConfigProvider, Form } from 'antd';
import { useId } from 'react';
import { FieldControl } from './FieldControl.tsx';
import './fields.css';

/** What a person has filled in; `undefined` where something was taken away. */
export type Values = { [key: string]: FieldValues[string] | undefined };

type Props = {
  form: { fields: readonly FormField[] };
  values: Values;
  onChange(values: Values): void;
  /** What `checkFields` said when the form was sent: shown until it is mended. */
  faults?: readonly FieldFault[];
  readOnly?: boolean;
};

/** The fields of a registration form, as its schema has them. Values of fields that come and go stay while the form is open. */
export function FormFields({ form, values, onChange, faults = [], readOnly = false }: Props) {
  const id = useId();
  return (
    <ConfigProvider componentDisabled={readOnly}>
      <Form component={false} layout="vertical">
        <div className="form-fields">
          {shownFields(form, values).map((shown) => (
            <OneField
              key={shown.field.key}
              id={`${id}${shown.field.key}`}
              shown={shown}
              value={values[shown.field.key]}
              said={faults.find(({ key }) => key === shown.field.key)?.message}
              readOnly={readOnly}
              onChange={(value) => onChange({ ...values, [shown.field.key]: value })}
            />
          ))}
        </div>
      </Form>
    </ConfigProvider>
  );
}

type OneProps = {
  id: string;
  shown: ShownField;
  value: FieldValues[string] | undefined;
  said: string | undefined;
  readOnly: boolean;
  onChange(value: FieldValues[string] | undefined): void;
};

function OneField({ id, shown: { field, required, value: read, fault }, said, ...control }: OneProps) {
  const message = fault ?? (read === undefined ? said : undefined);
  return (
    <Form.Item
      className={field.width === 'half' ? 'form-field-half' : ''}
      label={field.label}
      htmlFor={id}
      required={required}
      extra={field.help || undefined}
      help={message}
      validateStatus={message === undefined ? '' : 'error'}
    >
      <FieldControl id={id} field={field} {...control} />
    </Form.Item>
  );
}
