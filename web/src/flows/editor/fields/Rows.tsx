import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { Field } from '@rexian/flows/node.ts';
import { Button } from 'antd';
import type { ToldFinding } from '../findings.ts';
import { FieldFindings, FieldLabel, FieldView } from './FieldView.tsx';
import { fieldId } from './field.ts';
import { moved, newRow, type Row, rowsOf } from './rows.ts';
import type { Shape, Shapes } from './shapes.ts';

type Props = {
  field: Field;
  value: unknown;
  shape: Shape;
  disabled: boolean;
  findings: readonly ToldFinding[];
  /** `what`: more of the same is one step for 撤销; left out: a step of its own. */
  onChange(rows: readonly Row[], what?: string): void;
};

/** Rows that can be added, taken out and put in another order. */
export function Rows({ field, value, shape, disabled, findings, onChange }: Props) {
  const { name, label, fields = [] } = field;
  const rows = rowsOf(value ?? shape.default);
  const shapes = shape.row ?? {};
  return (
    <section className="rows" id={fieldId(name)} tabIndex={-1} aria-label={label}>
      <FieldLabel field={field} />
      {rows.map((row, index) => (
        <RowView
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is nothing but its values
          key={index}
          {...{ fields, shapes, row, rows, index, disabled, findings, label }}
          path={`${name}.${index}`}
          onChange={(changed, part) => onChange(rows.with(index, changed), `${index}.${part}`)}
          onMove={(to) => onChange(moved(rows, index, to))}
          onRemove={() => onChange(rows.toSpliced(index, 1))}
        />
      ))}
      <FieldFindings findings={findings.filter((finding) => finding.field === name)} label={label} />
      {!disabled && (
        <Button
          size="small"
          type="dashed"
          block
          icon={<PlusOutlined />}
          disabled={rows.length >= (shape.maxItems ?? 12)}
          onClick={() => onChange([...rows, newRow(fields, rows)])}
        >
          添加{label}
        </Button>
      )}
    </section>
  );
}

type RowProps = {
  label: string;
  fields: readonly Field[];
  shapes: Shapes;
  row: Row;
  rows: readonly Row[];
  index: number;
  path: string;
  disabled: boolean;
  findings: readonly ToldFinding[];
  onChange(row: Row, part: string): void;
  onMove(to: number): void;
  onRemove(): void;
};

function RowView({ label, fields, shapes, row, rows, index, path, disabled, findings, ...does }: RowProps) {
  const short = fields.some(({ kind }) => kind === 'key');
  return (
    <div className="row" data-short={short || undefined}>
      <div className="row-fields">
        {fields.map((each) => (
          <FieldView
            key={each.name}
            field={each}
            path={`${path}.${each.name}`}
            value={row[each.name]}
            shape={shapes[each.name] ?? {}}
            disabled={disabled}
            findings={findings}
            taken={new Set(rows.filter((_, other) => other !== index).map((other) => other[each.name]))}
            onChange={(value) => does.onChange({ ...row, [each.name]: value ?? '' }, each.name)}
          />
        ))}
      </div>
      {!disabled && (
        <div className="row-acts">
          <Button
            size="small"
            type="text"
            icon={<ArrowUpOutlined />}
            aria-label={`${label}第 ${index + 1} 行上移`}
            disabled={index === 0}
            onClick={() => does.onMove(index - 1)}
          />
          <Button
            size="small"
            type="text"
            icon={<ArrowDownOutlined />}
            aria-label={`${label}第 ${index + 1} 行下移`}
            disabled={index === rows.length - 1}
            onClick={() => does.onMove(index + 1)}
          />
          <Button
            size="small"
            type="text"
            danger
            icon={<DeleteOutlined />}
            aria-label={`删除${label}第 ${index + 1} 行`}
            onClick={does.onRemove}
          />
        </div>
      )}
    </div>
  );
}
