import type { Field, FieldKind } from '@rexian/flows/node.ts';
import type { ReactNode } from 'react';
import type { ToldFinding } from '../findings.ts';
import { type FieldProps, fieldId, type ValueKind } from './field.ts';
import { fields } from './registry.ts';

/** Stand beside their names. */
const BESIDE: ReadonlySet<FieldKind> = new Set<FieldKind>(['flag', 'number', 'seconds', 'milliseconds', 'key']);
const nothing: ReadonlySet<unknown> = new Set();

type Props = Omit<FieldProps, 'id' | 'status' | 'taken'> & {
  /** From the configuration down, joined by dots. */
  path: string;
  findings: readonly ToldFinding[];
  taken?: ReadonlySet<unknown>;
};

/** A field with its name, its help and what is wrong with it. */
export function FieldView({ path, findings, taken = nothing, ...props }: Props) {
  const { field, shape } = props;
  const Component = fields[field.kind as ValueKind];
  const id = fieldId(path);
  const told = findings.filter((finding) => finding.field === path);
  const status = told.length === 0 ? '' : told.some(({ tone }) => tone === 'fault') ? 'error' : 'warning';
  return (
    <div className="field" data-line={BESIDE.has(field.kind) || undefined}>
      <FieldLabel field={field} htmlFor={id}>
        {!shape.required && shape.default === undefined && <small>选填</small>}
      </FieldLabel>
      <Component {...props} id={id} status={status} taken={taken} />
      <FieldFindings findings={told} label={field.label} />
    </div>
  );
}

type LabelProps = { field: Field; htmlFor?: string; children?: ReactNode };

export function FieldLabel({ field: { label, help }, htmlFor, children }: LabelProps) {
  return (
    <>
      <div className="field-label">
        {htmlFor ? <label htmlFor={htmlFor}>{label}</label> : <b>{label}</b>}
        {children}
      </div>
      {help && <p className="field-help">{help}</p>}
    </>
  );
}

/** Beside the field its name needn't be said again. */
export function FieldFindings({ findings, label }: { findings: readonly ToldFinding[]; label?: string }) {
  return findings.map(({ message, tone }) => (
    <p key={message} className="field-finding" data-tone={tone} role={tone === 'fault' ? 'alert' : undefined}>
      {label === undefined ? message : message.slice(message.indexOf(`${label}：`) < 0 ? 0 : message.indexOf('：') + 1)}
    </p>
  ));
}
