/** The field for each kind. */
import type { ComponentType } from 'react';
import { ChoiceField } from './ChoiceField.tsx';
import { ExpressionField } from './ExpressionField.tsx';
import { FlagField } from './FlagField.tsx';
import type { FieldProps, ValueKind } from './field.ts';
import { KeyField } from './KeyField.tsx';
import { NumberField } from './NumberField.tsx';
import { PromptField } from './PromptField.tsx';
import { ReferenceField } from './ReferenceField.tsx';
import { TemplateField } from './TemplateField.tsx';
import { TextField } from './TextField.tsx';
import { VariableField } from './VariableField.tsx';

export const fields: Readonly<Record<ValueKind, ComponentType<FieldProps>>> = {
  text: TextField,
  prompt: PromptField,
  template: TemplateField,
  url: TemplateField,
  flag: FlagField,
  number: NumberField,
  seconds: NumberField,
  milliseconds: NumberField,
  choice: ChoiceField,
  key: KeyField,
  digits: TextField,
  variable: VariableField,
  expression: ExpressionField,
  queue: ReferenceField,
  person: ReferenceField,
  access_code: ReferenceField,
  flow: ReferenceField,
};
