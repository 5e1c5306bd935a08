import type { FieldFault, OrderForm, Registration } from '@rexian/contracts';
import { AttachmentField } from '../order-forms/AttachmentField.tsx';
import { FormFields, type Values } from '../order-forms/FormFields.tsx';
import { Field } from './Field.tsx';
import type { Registering } from './useRegistration.ts';

const MOST_FILES = 20;

const given = (values: Values): Registration['fields'] =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value]])),
  );

type Props = Pick<Registering, 'form' | 'change'> & {
  /** What the unit asks for of orders of this kind; null: nothing more. */
  own: OrderForm | null;
  faults: readonly FieldFault[];
};

/** The unit's own fields, and what is attached. */
export function FormPart({ form, change, own, faults }: Props) {
  return (
    <>
      {own && (
        <div className="registration-field" data-span={12}>
          <FormFields
            form={own}
            values={form.fields}
            onChange={(values: Values) => change({ fields: given(values) })}
            faults={faults}
          />
        </div>
      )}
      <Field label="附件" id="registration-files" span={12}>
        <AttachmentField
          id="registration-files"
          ids={form.fileIds}
          most={MOST_FILES}
          onChange={(fileIds) => change({ fileIds })}
        />
      </Field>
    </>
  );
}
