import { type WorkOrderDesk, workOrderDesk } from '@rexian/contracts';
import { type Assignment, type Limits, type TaskSettings, taskSettings } from '@rexian/workflows/settings.ts';
import { assignments, needs, verbs } from '@rexian/workflows/words.ts';
import { Checkbox, Select } from 'antd';
import { UnitSelect } from '../../units/UnitSelect.tsx';
import { Choice } from './Choice.tsx';
import { choices } from './choices.ts';
import { Field, wrongIn } from './Field.tsx';
import type { FormProps } from './formProps.ts';
import { LimitFields } from './LimitFields.tsx';

/** As it is drawn: parts may be missing or wrong. */
type Drawn = Partial<Omit<TaskSettings, 'assign'>> & { assign?: Loose };
type Loose = { to?: Assignment['to']; desk?: WorkOrderDesk | undefined; unitId?: string; node?: string };

/** Whose task it is, what comes out of it, and by when. */
export function TaskForm({ drawing, element }: FormProps) {
  const told = drawing.settingsOf(element) as Drawn;
  const standard = taskSettings.safeParse({ assign: { to: 'sender' } }).data;
  const wrong = wrongIn(taskSettings, told);
  const set = (changed: Drawn) => drawing.setSettings(element, { ...told, ...changed });
  const assign = told.assign ?? {};
  const put = (changed: Loose) => set({ assign: { ...assign, ...changed } });
  const tasks = drawing.elements
    .filter(({ id, type }) => type === 'bpmn:UserTask' && id !== element.id)
    .map(({ id, businessObject }) => ({ value: id, label: businessObject.name ?? id }));
  return (
    <>
      <Field label="办理人" wrong={wrong('assign.to')}>
        <Choice
          id="workflow-assign"
          labels={assignments}
          value={assign.to}
          onChange={(to) => set({ assign: { to } })}
        />
      </Field>
      {assign.to === 'unit' && (
        <Field label="单位" wrong={wrong('assign.unitId')}>
          <UnitSelect id="workflow-unit" value={assign.unitId || null} onChange={(unitId = '') => put({ unitId })} />
        </Field>
      )}
      {assign.to === 'handler_of' && (
        <Field label="环节" wrong={wrong('assign.node')}>
          <Select<string>
            id="workflow-node"
            options={tasks}
            value={assign.node ?? null}
            onChange={(node) => put({ node })}
          />
        </Field>
      )}
      {(assign.to === 'unit' || assign.to === 'registering_unit') && (
        <Field label="岗位" wrong={wrong('assign.desk')}>
          <Select<WorkOrderDesk>
            id="workflow-desk"
            allowClear
            placeholder="该单位所有可办理人员"
            options={choices(workOrderDesk.labels)}
            value={assign.desk ?? null}
            onChange={(desk?: WorkOrderDesk) => put({ desk })}
          />
        </Field>
      )}
      <Field label="办理结果" help="输入后按回车添加；多个结果由后面的条件分支区分" wrong={wrong('outcomes')}>
        <Select
          id="workflow-outcomes"
          mode="tags"
          open={false}
          suffixIcon={null}
          value={told.outcomes ?? standard?.outcomes ?? []}
          onChange={(outcomes: string[]) => set({ outcomes })}
        />
      </Field>
      <LimitFields
        label="办结时限"
        value={told.due ?? {}}
        wrong={wrong('due')}
        onChange={(due: Limits) => set({ due })}
      />
      <LimitFields
        label="签收时限"
        value={told.sign ?? {}}
        wrong={wrong('sign')}
        onChange={(sign: Limits) => set({ sign })}
      />
      <Field label="可用操作">
        <Checkbox.Group
          options={choices(verbs)}
          value={told.verbs ?? standard?.verbs ?? []}
          onChange={(chosen) => set({ verbs: chosen })}
        />
      </Field>
      <Field label="办结前须填写">
        <Checkbox.Group
          options={choices(needs)}
          value={told.needs ?? standard?.needs ?? []}
          onChange={(chosen) => set({ needs: chosen })}
        />
      </Field>
    </>
  );
}
