/** What a designer does to a form's fields. */
import { type FieldType, type FormField, fieldType, formField, formFields } from '@rexian/contracts';

const OPTIONS = ['选项一', '选项二'];

/** What a field of the type needs to begin with. */
const begun = (type: FieldType) =>
  type === 'choice' || type === 'choices'
    ? { type, options: OPTIONS }
    : type === 'cascade'
      ? { type, options: OPTIONS.map((option) => [option]) }
      : { type };

/** A field beside the others: its key and its label are free. */
export function newField(type: FieldType, others: readonly FormField[]): FormField {
  const free = (name: (number: number) => string, taken: readonly string[]) => {
    let number = 1;
    while (taken.includes(name(number))) number += 1;
    return name(number);
  };
  const word = fieldType.labels[type];
  return formField.parse({
    key: free(
      (number) => `field_${number}`,
      others.map(({ key }) => key),
    ),
    label: free(
      (number) => (number === 1 ? word : `${word}${number}`),
      others.map(({ label }) => label),
    ),
    ...begun(type),
  });
}

/** The same field, filled in otherwise. Options stay where they can. */
export function withType(field: FormField, type: FieldType): FormField {
  const { key, label, help, width, required, visible } = field;
  const common = { key, label, help, width, required, visible };
  const options =
    field.type === 'cascade'
      ? [...new Set(field.options.map((way) => way.at(-1) ?? ''))]
      : 'options' in field
        ? field.options
        : OPTIONS;
  if (type === 'cascade') return { ...common, type, options: options.map((option) => [option]) };
  if (type === 'choice' || type === 'choices') return { ...common, type, options };
  // Label and key may be empty for a moment: only what the type adds is read anew.
  return { ...formField.parse({ key: 'x', label: 'x', type }), ...common } as FormField;
}

/** `key` under another name, also where conditions name it. */
export function renameKey(fields: readonly FormField[], index: number, key: string): FormField[] {
  const before = fields[index]?.key;
  const follow = <C extends FormField['required'] | FormField['visible']>(condition: C): C =>
    condition !== null && typeof condition === 'object' && condition.field === before
      ? { ...condition, field: key }
      : condition;
  return fields.map((field, at) =>
    at === index ? { ...field, key } : { ...field, required: follow(field.required), visible: follow(field.visible) },
  );
}

export function moved(fields: readonly FormField[], from: number, to: number): FormField[] {
  const rest = fields.toSpliced(from, 1);
  const field = fields[from];
  return field ? rest.toSpliced(to, 0, field) : rest;
}

/** What keeps the fields from being saved, by their place; those of the form as a whole at -1. */
export function faultsOf(fields: readonly FormField[]): ReadonlyMap<number, string[]> {
  const issues = formFields.safeParse(fields).error?.issues ?? [];
  const byPlace = Map.groupBy(issues, ({ path: [place] }) => (typeof place === 'number' ? place : -1));
  return new Map([...byPlace].map(([place, same]) => [place, [...new Set(same.map(({ message }) => message))]]));
}
