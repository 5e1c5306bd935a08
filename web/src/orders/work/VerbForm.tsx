import { type DrawnNode, type OrderDetail, requiredText, text } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Radio, Select } from 'antd';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { chosen, rule } from '../../forms/rule.ts';
import { api } from '../../platform/api.ts';
import { type Dayjs, instantOf, readWall, wallNow, wallOf } from '../../platform/beijing.ts';
import { DatePicker } from '../../platform/DatePicker.tsx';
import { fullDateMinute } from '../../platform/format.ts';
import { PeopleField } from '../targets/PeopleField.tsx';
import { TargetField } from '../targets/TargetField.tsx';
import { TargetsField } from '../targets/TargetsField.tsx';
import { ChildrenField } from './ChildrenField.tsx';
import { NoSuchOrder } from './orderVerbs.ts';
import { useStep } from './useStep.ts';
import type { Asked, Said, Verb } from './verb.ts';

type Values = Omit<Said, 'until'> & { until: Dayjs | null };
type Props = { order: OrderDetail; verb: Verb; onClose(): void; onDone?(order: OrderDetail): void };

/** Asks what a verb has to be told, and does it. */
export function VerbForm({ order, verb, onClose, onDone }: Props) {
  const { title, asks, run } = verb;
  const step = useStep({ run, done: `${title}成功` });
  const initial: Partial<Values> = { reason: '', until: null };
  for (const asked of asks)
    if (asked.what === 'choice' && asked.options[0]) initial.choice = asked.options[0].value;
    else if (asked.what === 'children') initial.children = [{ ...empty(order) }];
  const submit = async ({ until, ...said }: Values) => {
    const after = await step.take({ ...said, until: until ? instantOf(until) : null });
    if (!after) return;
    onClose();
    onDone?.(after);
  };
  return (
    <FormDrawer<Values>
      title={`${title} ${order.number}`}
      initial={initial}
      okText={title}
      busy={step.isPending}
      error={step.error instanceof NoSuchOrder ? null : step.error}
      onSubmit={(values) => void submit(values)}
      onClose={onClose}
    >
      {asks.map((asked) => (
        <Field key={asked.what} asked={asked} order={order} />
      ))}
      {step.error instanceof NoSuchOrder && (
        <p role="alert" className="list-wrong">
          {step.error.message}
        </p>
      )}
    </FormDrawer>
  );
}

const empty = ({ registration: { kind, categoryId } }: OrderDetail) => ({
  unitId: '',
  kind,
  categoryId,
  title: '',
  content: '',
});

const need = (isOptional: boolean | undefined, message: string) => (isOptional ? [] : [chosen(message)]);

function Field({ asked, order }: { asked: Asked; order: OrderDetail }) {
  const { label } = asked;
  switch (asked.what) {
    case 'to':
      return (
        <Form.Item name="to" label={label} rules={need(asked.isOptional, '请选择单位或人员')}>
          <Target />
        </Form.Item>
      );
    case 'several':
      return (
        <Form.Item name="several" label={label} rules={[chosen('请选择单位或人员')]}>
          <TargetsField />
        </Form.Item>
      );
    case 'personIds':
      return (
        <Form.Item name="personIds" label={label} rules={[chosen('请选择人员')]}>
          <People />
        </Form.Item>
      );
    case 'choice':
      return (
        <Form.Item name="choice" label={label} rules={[chosen('请选择')]}>
          {asked.options.length > 3 ? <Select options={asked.options} /> : <Radio.Group options={asked.options} />}
        </Form.Item>
      );
    case 'node':
      return <NodeField label={label} order={order} />;
    case 'until':
      return (
        <Form.Item
          name="until"
          label={label}
          rules={need(asked.isOptional, '请选择时间')}
          extra={asked.isOptional ? '不填则由管理人员恢复。' : asked.after && `现时限：${fullDateMinute(asked.after)}`}
        >
          <DatePicker
            showTime={{ format: 'HH:mm', defaultValue: readWall('2000-01-01T18:00') }}
            format="YYYY-MM-DD HH:mm"
            disabledDate={(day) => day.isBefore(asked.after ? wallOf(asked.after) : wallNow(), 'day')}
          />
        </Form.Item>
      );
    case 'reason': {
      const max = asked.max ?? 500;
      return (
        <Form.Item
          name="reason"
          label={label}
          rules={[rule(asked.isOptional ? text(max) : requiredText(max, `请填写${label}`))]}
        >
          <Input.TextArea maxLength={max} showCount autoSize={{ minRows: 3, maxRows: 8 }} />
        </Form.Item>
      );
    }
    case 'number':
      return (
        <Form.Item name="number" label={label} rules={[rule(requiredText(40, '请填写工单号'))]}>
          <Input maxLength={40} placeholder="例如 GD202611220001" />
        </Form.Item>
      );
    case 'children':
      return (
        <Form.List name="children">
          {(fields, { add, remove }) => (
            <ChildrenField fields={fields} onAdd={() => add(empty(order))} onRemove={remove} />
          )}
        </Form.List>
      );
  }
}

/** A form's field hands these over by itself. */
type Given<Value> = { value?: Value; onChange?(value: Value | null): void };
const ignore = () => undefined;

function Target({ value, onChange = ignore }: Given<Said['to']>) {
  return <TargetField value={value ?? null} onChange={onChange} />;
}

function People({ value, onChange = ignore }: Given<string[]>) {
  return <PeopleField label="人员" placeholder="按姓名或工号查找" value={value ?? []} onChange={onChange} />;
}

function NodeField({ label, order }: { label: string; order: OrderDetail }) {
  const { data, isPending } = useQuery(api.orders.drawing.queryOptions({ input: { id: order.id } }));
  const shown = ({ node, title, state, isChosen }: DrawnNode) => ({
    value: node,
    label: `${title}${state ? '' : '（未到过）'}${isChosen && !state ? '，须选办理单位' : ''}`,
  });
  return (
    <Form.Item name="choice" label={label} rules={[chosen('请选择环节')]} extra="进行中的其他环节随之取消。">
      <Select loading={isPending} options={data?.nodes.filter(({ isTask }) => isTask).map(shown) ?? []} />
    </Form.Item>
  );
}
