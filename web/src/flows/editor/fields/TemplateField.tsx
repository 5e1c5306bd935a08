import { type FieldProps, useText } from './field.ts';
import { GrowingText } from './GrowingText.tsx';
import { InsertVariable } from './InsertVariable.tsx';
import { insertById } from './insert.ts';

/** A text to read, or an address, with variables in it. */
export function TemplateField({ field, id, shape, value, disabled, status, onChange }: FieldProps) {
  const { text, type, leave } = useText({ value, shape, onChange });
  return (
    <div className="text-field">
      <GrowingText
        id={id}
        value={text}
        rows={1}
        most={8}
        {...(shape.maxLength ? { maxLength: shape.maxLength } : {})}
        disabled={disabled}
        status={status}
        onChange={({ target }) => type(field.kind === 'url' ? target.value.replace(/\s/g, '') : target.value)}
        onBlur={leave}
      />
      {!disabled && (
        <footer>
          <InsertVariable field={field} write={(name) => `{${name}}`} onInsert={(place) => insertById(id, place)} />
        </footer>
      )}
    </div>
  );
}
