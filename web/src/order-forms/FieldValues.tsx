import { type FieldValue, type FormField, shownFields, type FieldValues as Values } from '@rexian/contracts';
import { fullDateMinute } from '../platform/format.ts';
import { AttachmentField } from './AttachmentField.tsx';
import './fields.css';

/** What was filled in, to be read. Fields that were not asked for are left out. */
export function FieldValues({ form, values }: { form: { fields: readonly FormField[] }; values: Values }) {
  return (
    <dl className="field-values">
      {shownFields(form, values).map(({ field, value }) => (
        <div key={field.key} className={field.width === 'half' ? 'form-field-half' : ''}>
          <dt>{field.label}</dt>
          <dd>{value === undefined ? <span className="muted">—</span> : <Value field={field} value={value} />}</dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ field, value }: { field: FormField; value: FieldValue }) {
  if (field.type === 'attachment' && Array.isArray(value)) return <AttachmentField ids={value} most={field.most} />;
  return valueText(field, value);
}

/** A value in words; of attachments, how many there are. */
export function valueText(field: FormField, value: FieldValue): string {
  switch (field.type) {
    case 'number':
      return `${value}${field.unit && ` ${field.unit}`}`;
    case 'choices':
      return Array.isArray(value) ? value.join('、') : '';
    case 'cascade':
      return Array.isArray(value) ? value.join(' / ') : '';
    case 'datetime':
      return fullDateMinute(new Date(String(value)));
    case 'attachment':
      return Array.isArray(value) ? `${value.length} 个附件` : '';
    default:
      return String(value);
  }
}
