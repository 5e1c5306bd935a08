import { type WaitSettings, waitSettings } from '@rexian/workflows/settings.ts';
import { endings, waits } from '@rexian/workflows/words.ts';
import { Radio } from 'antd';
import { choices } from './choices.ts';
import { Field, wrongIn } from './Field.tsx';
import type { FormProps } from './formProps.ts';
import { LimitFields } from './LimitFields.tsx';

export function WaitForm({ drawing, element }: FormProps) {
  const told = drawing.settingsOf(element) as Partial<WaitSettings>;
  const set = (changed: Partial<WaitSettings>) => drawing.setSettings(element, { ...told, ...changed });
  return (
    <>
      <Field label="等待">
        <Radio.Group
          options={choices(waits)}
          value={told.for ?? 'result'}
          onChange={({ target }) => set({ for: target.value })}
        />
      </Field>
      <LimitFields
        label="办结时限"
        value={told.due ?? {}}
        wrong={wrongIn(waitSettings, told)('due')}
        onChange={(due) => set({ due })}
      />
    </>
  );
}

export function EndForm({ drawing, element }: FormProps) {
  const { as = 'closed' } = drawing.settingsOf(element);
  return (
    <Field label="工单状态">
      <Radio.Group
        options={choices(endings)}
        value={as}
        onChange={({ target }) => drawing.setSettings(element, { as: target.value })}
      />
    </Field>
  );
}
