import type { ReactNode } from 'react';

type Props = {
  label: string;
  /** Of the control. */
  id: string;
  /** Of twelve columns. */
  span?: 3 | 4 | 6 | 8 | 12;
  required?: boolean;
  fault?: string | undefined;
  children: ReactNode;
};

/** A field of the registration: its label above, what is wrong with it below. */
export function Field({ label, id, span = 3, required = false, fault, children }: Props) {
  return (
    <div className="registration-field" data-span={span} data-wrong={fault !== undefined || undefined}>
      <label className="label" htmlFor={id}>
        {label} {required && <em>*</em>}
      </label>
      {children}
      {fault !== undefined && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
