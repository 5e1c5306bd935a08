import { type ContactOrigin, callerDigits, type Queue } from '@rexian/contracts';
import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Select } from 'antd';
import { chosen, rule } from '../../forms/rule.ts';
import { client } from '../../platform/api.ts';
import { type Dayjs, instantOf } from '../../platform/beijing.ts';
import { DatePicker } from '../../platform/DatePicker.tsx';
import { Failed } from '../../platform/Failed.tsx';
import { origins } from './ConditionFields.tsx';
import { PreviewAnswer } from './PreviewAnswer.tsx';
import { useServiceNumbers } from './useRules.ts';

interface Asked {
  queueId: string;
  withheld: boolean;
  callerNumber?: string;
  calledNumberId?: string;
  origin: ContactOrigin;
  at?: Dayjs | null;
}

/** 试算: where a call would go, and why. Asks about what is saved. */
export function Preview({ queues }: { queues: Queue[] }) {
  const [form] = Form.useForm<Asked>();
  const withheld = Form.useWatch('withheld', form) ?? false;
  const { numbers } = useServiceNumbers();
  const preview = useMutation({
    mutationFn: ({ queueId, callerNumber, calledNumberId, origin, at, withheld: hidden }: Asked) =>
      client.queues.preview({
        ...{ queueId, origin },
        callerNumber: hidden ? null : (callerNumber ?? null),
        calledNumberId: calledNumberId ?? null,
        ...(at ? { at: instantOf(at) } : {}),
      }),
  });
  const initial: Partial<Asked> = {
    origin: 'direct',
    withheld: false,
    ...(queues[0] ? { queueId: queues[0].id } : {}),
  };
  return (
    <section className="panel rule-preview" aria-label="试算">
      <h2>
        试算 <small>一个来电会去哪里，为什么</small>
      </h2>
      <div className="panel-body">
        <Form<Asked>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={initial}
          onFinish={(asked) => preview.mutate(asked)}
        >
          <Form.Item name="queueId" label="进入技能组" rules={[chosen('请选择技能组')]}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={queues.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
          <div className="preview-pair">
            <Form.Item name="callerNumber" label="来电号码" rules={withheld ? [] : [rule(callerDigits)]}>
              <Input maxLength={20} autoComplete="off" placeholder="例如：13877100000" disabled={withheld} />
            </Form.Item>
            <Form.Item name="withheld" label=" " valuePropName="checked">
              <Checkbox>匿名</Checkbox>
            </Form.Item>
          </div>
          <Form.Item name="calledNumberId" label="拨打的号码">
            <Select
              allowClear
              placeholder="不指定"
              showSearch={{ optionFilterProp: 'label' }}
              options={numbers.map(({ id, number, name }) => ({ value: id, label: `${number} ${name}` }))}
            />
          </Form.Item>
          <div className="preview-pair">
            <Form.Item name="origin" label="来源">
              <Select options={origins} />
            </Form.Item>
            <Form.Item name="at" label="时刻">
              <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" placeholder="现在" />
            </Form.Item>
          </div>
          <Button type="primary" htmlType="submit" block loading={preview.isPending}>
            试算
          </Button>
        </Form>
        {preview.error && <Failed error={preview.error} retry={form.submit} />}
        {preview.data && <PreviewAnswer answer={preview.data} />}
      </div>
    </section>
  );
}
