import { type Condition, conditionOf, textOf, valuesOf } from '@rexian/workflows/condition.ts';
import { conditionFault, type OrderFact, orderFacts, outcomesBefore } from '@rexian/workflows/facts.ts';
import type { Moddle } from '@rexian/workflows/moddle.ts';
import { Radio, Select } from 'antd';
import type { Drawing } from '../drawing/drawing.ts';
import { choices } from './choices.ts';
import { Field } from './Field.tsx';
import type { FormProps } from './formProps.ts';
import { TextField } from './TextField.tsx';

const ways = { fallback: '其他情况（默认出口）', outcome: '办理结果', fact: '工单信息', expression: '表达式' } as const;
const facts = (Object.keys(orderFacts) as OrderFact[]).map((value) => ({ value, label: orderFacts[value].label }));

/** When an order goes this way. */
export function ConditionForm({ drawing, element }: FormProps) {
  const { sourceRef, conditionExpression, name = '' } = element.businessObject;
  if (sourceRef?.$type !== 'bpmn:ExclusiveGateway') return null;
  const text = conditionExpression?.body ?? '';
  const condition = conditionOf(text);
  const by = sourceRef.default === element.businessObject ? 'fallback' : condition.by;
  const outcomes = outcomesOf(drawing, sourceRef);
  const put = (next: Condition, named?: string) => drawing.setCondition(element, textOf(next), named);
  const choose = (outcome: string) => {
    const isOwnName = name !== '' && name !== (condition.by === 'outcome' ? condition.outcome : '');
    put({ by: 'outcome', outcome }, isOwnName ? undefined : outcome);
  };
  const begin: Record<keyof typeof ways, () => void> = {
    fallback: () => drawing.makeDefault(element),
    outcome: () => choose([...outcomes][0] ?? ''),
    fact: () => put({ by: 'fact', fact: 'urgency', value: 'urgent' }),
    expression: () => put({ by: 'expression', text: text || 'order.anonymous && order.urgency == "urgent"' }),
  };
  const wrong =
    by === 'fallback' ? undefined : text === '' ? '请填写条件' : (conditionFault(text, outcomes) ?? undefined);
  return (
    <>
      <Field label="走这条的条件">
        <Radio.Group
          className="workflow-ways"
          options={choices(ways)}
          value={by === 'expression' && text === '' ? null : by}
          onChange={({ target }) => begin[target.value as keyof typeof ways]()}
        />
      </Field>
      {by === 'outcome' && condition.by === 'outcome' && (
        <Field label="办理结果是" wrong={wrong}>
          <Select
            id="workflow-outcome"
            options={[...outcomes].map((value) => ({ value, label: value }))}
            value={condition.outcome || null}
            onChange={choose}
          />
        </Field>
      )}
      {by === 'fact' && condition.by === 'fact' && (
        <>
          <Field label="工单信息">
            <Select
              id="workflow-fact"
              options={facts}
              value={condition.fact}
              onChange={(fact) => put({ by: 'fact', fact, value: Object.keys(valuesOf(fact))[0] ?? '' })}
            />
          </Field>
          <Field label="是" wrong={wrong}>
            <Select
              id="workflow-value"
              options={choices(valuesOf(condition.fact))}
              value={condition.value}
              onChange={(value) => put({ ...condition, value })}
            />
          </Field>
        </>
      )}
      {by === 'expression' && text !== '' && (
        <Field
          label="表达式"
          help={`可用 outcome（办理结果）、${facts.map(({ value, label }) => `order.${value}（${label}）`).join('、')}`}
          wrong={wrong}
        >
          <TextField
            id="workflow-expression"
            maxLength={500}
            rows={2}
            value={text}
            onCommit={(next) => put({ by: 'expression', text: next })}
          />
        </Field>
      )}
      {by === 'expression' && text === '' && <p className="workflow-wrong">请选择一种条件</p>}
    </>
  );
}

/** Of the tasks that lead to a gateway. */
function outcomesOf(drawing: Drawing, gateway: Moddle): Set<string> {
  const byId = new Map(drawing.elements.map((element) => [element.businessObject.id, element]));
  const elementOf = (id: string) => byId.get(id);
  return outcomesBefore(gateway.id, {
    before: (id) => elementOf(id)?.businessObject.incoming?.flatMap(({ sourceRef }) => sourceRef?.id ?? []) ?? [],
    outcomes: (id) => {
      const found = elementOf(id);
      if (found?.type !== 'bpmn:UserTask') return null;
      return (drawing.settingsOf(found).outcomes as string[] | undefined) ?? ['提交'];
    },
  });
}
