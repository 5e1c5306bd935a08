/** What a registration form asks, in a file of orders: each field a column by its label. */
import { checkFields, type FieldValues, type FormField, type OrderForm, shownFields } from '@rexian/contracts';
import type { Column, SheetRow } from './sheet.ts';

/** So that the template asks what the form asks; attachments don't come in files. */
export const columnOf = (field: FormField): Column => ({ title: field.label, width: 20, example: exampleOf(field) });

function exampleOf(field: FormField): string {
  switch (field.type) {
    case 'choice':
      return field.options[0] ?? '';
    case 'choices':
      return field.options.slice(0, 2).join('、');
    case 'cascade':
      return field.options[0]?.join('/') ?? '';
    case 'date':
      return '2026-11-20';
    case 'datetime':
      return '2026-11-20 09:30';
    case 'number':
      return String(field.min ?? 1);
    default:
      return '';
  }
}

/**
 * The values that the row has for the form, as registrations keep them; undefined when something is wrong with one, which is told. A field is judged
 * as far as the file has a column for it: files of other systems know nothing of our forms.
 */
export function readFields(row: SheetRow, form: OrderForm, fixed: ReadonlySet<string>): FieldValues | undefined {
  const columns = form.fields.filter(({ label }) => row.has(label) && !fixed.has(label));
  const typed = Object.fromEntries(
    columns
      .filter(({ label }) => row.text(label) !== '')
      .map((field) => [field.key, written(field, row.text(field.label))]),
  );
  const { values, faults } = checkFields(form, typed);
  const asked = new Set(shownFields(form, typed).map(({ field }) => field.key));
  const told = columns.flatMap(({ key, label, type }) => {
    const fault = faults.find((each) => each.key === key);
    if (fault) return [{ label, message: type === 'attachment' ? '附件请在工单中添加' : fault.message }];
    return key in typed && !asked.has(key) ? [{ label, message: '按前面各项的取值，此项不填' }] : [];
  });
  for (const { label, message } of told) row.wrong(label, message);
  return told.length > 0 ? undefined : values;
}

/** As the form takes it, as far as it can be read; what can't is left to the form to refuse. */
function written(field: FormField, text: string): unknown {
  switch (field.type) {
    case 'number': {
      const number = Number(text.replaceAll(/[,，]/g, ''));
      return Number.isNaN(number) ? text : number;
    }
    case 'choices':
      return field.options.includes(text) ? [text] : parts(text, /[、,，;；\n]/);
    case 'cascade':
      return parts(text, '/');
    case 'date':
      return text.replaceAll('/', '-');
    case 'datetime':
      return beijingTime(text)?.toISOString() ?? text;
    default:
      return text;
  }
}

const parts = (text: string, between: string | RegExp): string[] =>
  text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}:\d{2})(?::\d{2})?)?$/;

/** `2026-11-20 09:30`, or the day alone; null: can't be read. */
export function beijingTime(text: string): Date | null {
  const [, day, time = '00:00'] = TIME.exec(text.replaceAll('/', '-')) ?? [];
  const at = new Date(`${day}T${time.padStart(5, '0')}:00+08:00`);
  return day && !Number.isNaN(at.getTime()) ? at : null;
}
