import type { ReactNode } from 'react';

type Props = {
  /** Of the control that it names. */
  htmlFor?: string;
  label: ReactNode;
  /** What is wrong with it. */
  fault?: string | undefined;
  /** What is to be known. */
  hint?: ReactNode;
  children: ReactNode;
};

/** One field of the editor with its label and what is wrong with it. */
export function Field({ htmlFor, label, fault, hint, children }: Props) {
  return (
    <div className="answer-field">
      {htmlFor ? <label htmlFor={htmlFor}>{label}</label> : <span className="answer-label">{label}</span>}
      {children}
      {hint && <p className="muted">{hint}</p>}
      <Fault text={fault} />
    </div>
  );
}

export function Fault({ text }: { text: string | undefined }) {
  return text ? (
    <p className="field-fault" role="alert">
      {text}
    </p>
  ) : null;
}
