import { labelOf } from '@rexian/workflows/words.ts';
import { Form } from 'antd';
import { TIMER } from '../drawing/kinds.ts';
import { ActionForm } from './ActionForm.tsx';
import { ConditionForm } from './ConditionForm.tsx';
import { Field } from './Field.tsx';
import type { FormProps } from './formProps.ts';
import { TaskForm } from './TaskForm.tsx';
import { TextField } from './TextField.tsx';
import { EndForm, WaitForm } from './WaitForm.tsx';
import './forms.css';

const forms: Readonly<Record<string, (props: FormProps) => React.ReactNode>> = {
  'bpmn:UserTask': TaskForm,
  'bpmn:ServiceTask': ActionForm,
  'bpmn:ReceiveTask': WaitForm,
  'bpmn:EndEvent': EndForm,
  'bpmn:SequenceFlow': ConditionForm,
};

/** What an element is called, and what it says. */
export function ElementForm({ drawing, element }: FormProps) {
  const { type, businessObject } = element;
  const Settings = forms[type];
  const named = type !== 'bpmn:TextAnnotation' && type !== 'bpmn:Association';
  return (
    <Form layout="vertical" className="workflow-form" component="div">
      <h2>{labelOf(type)}</h2>
      {named && (
        <Field label="名称">
          <TextField
            id="workflow-name"
            maxLength={30}
            value={businessObject.name ?? ''}
            onCommit={(name) => drawing.rename(element, name)}
          />
        </Field>
      )}
      {type === TIMER.type && <p className="muted">所在环节的办结时限一到，工单由此离开该环节。</p>}
      {Settings && <Settings drawing={drawing} element={element} />}
    </Form>
  );
}
