import { type WorkOrderUrgency, workOrderUrgency } from '@rexian/contracts';
import { type ActionSettings, actionSettings } from '@rexian/workflows/settings.ts';
import { actions, receivers } from '@rexian/workflows/words.ts';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { api } from '../../platform/api.ts';
import { Choice } from './Choice.tsx';
import { Field, wrongIn } from './Field.tsx';
import type { FormProps } from './formProps.ts';
import { TextField } from './TextField.tsx';

/** What each begins with. */
const begun: Record<ActionSettings['do'], ActionSettings> = {
  notify: { do: 'notify', who: 'caller', template: 'answered' },
  urgency: { do: 'urgency', to: 'urgent' },
  push: { do: 'push', partnerId: '' },
  feedback: { do: 'feedback' },
};

type Drawn = {
  do?: ActionSettings['do'];
  partnerId?: string;
  who?: keyof typeof receivers;
  template?: string;
  to?: WorkOrderUrgency;
};

/** What is done by itself. */
export function ActionForm({ drawing, element }: FormProps) {
  const told = drawing.settingsOf(element) as Drawn;
  const wrong = wrongIn(actionSettings, told);
  const set = (changed: Drawn) => drawing.setSettings(element, { ...told, ...changed });
  return (
    <>
      <Field label="处理" wrong={wrong('do')}>
        <Choice
          id="workflow-do"
          labels={actions}
          value={told.do}
          onChange={(what) => drawing.setSettings(element, begun[what])}
        />
      </Field>
      {told.do === 'notify' && (
        <>
          <Field label="通知" wrong={wrong('who')}>
            <Choice id="workflow-who" labels={receivers} value={told.who} onChange={(who) => set({ who })} />
          </Field>
          <Field label="模板代码" wrong={wrong('template')}>
            <TextField
              id="workflow-template"
              maxLength={40}
              value={told.template ?? ''}
              onCommit={(template) => set({ template })}
            />
          </Field>
        </>
      )}
      {told.do === 'urgency' && (
        <Field label="改为" wrong={wrong('to')}>
          <Choice
            id="workflow-urgency"
            labels={workOrderUrgency.labels}
            value={told.to}
            onChange={(to) => set({ to })}
          />
        </Field>
      )}
      {told.do === 'push' && (
        <Field label="平台" help="其后须有等待“外部办理结果”的环节" wrong={wrong('partnerId')}>
          <PartnerChoice id="workflow-partner" value={told.partnerId} onChange={(partnerId) => set({ partnerId })} />
        </Field>
      )}
    </>
  );
}

type ChoiceProps = { id: string; value: string | undefined; onChange(partnerId: string): void };

function PartnerChoice({ id, value, onChange }: ChoiceProps) {
  const { data } = useQuery(api.partners.list.queryOptions());
  const options = (data ?? []).map((partner) => ({
    value: partner.id,
    label: `${partner.name}（${partner.unit.name}）`,
  }));
  return (
    <Select<string>
      id={id}
      options={options}
      value={value || null}
      notFoundContent="还没有协同平台"
      onChange={onChange}
    />
  );
}
