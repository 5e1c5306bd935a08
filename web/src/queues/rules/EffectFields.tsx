import type { PersonRef, Queue } from '@rexian/contracts';
import { Form, InputNumber, Select } from 'antd';
import { chosen } from '../../forms/rule.ts';
import { AgentsSelect } from '../AgentSelect.tsx';

export function EffectFields({ queues, persons }: { queues: Queue[]; persons: PersonRef[] }) {
  const dedicated: string[] = Form.useWatch(['effects', 'persons']) ?? [];
  return (
    <fieldset className="queue-group">
      <legend>处理</legend>
      <div>
        <Form.Item
          name={['effects', 'priority']}
          label="优先级加"
          extra="0 到 20，每 1 级相当于多等了半分钟。"
          rules={[chosen('请填写优先级，不加填 0')]}
        >
          <InputNumber min={0} max={20} precision={0} style={{ width: 120 }} />
        </Form.Item>
        <Form.Item name={['effects', 'queueId']} label="改入技能组">
          <Select
            allowClear
            placeholder="不改"
            showSearch={{ optionFilterProp: 'label' }}
            options={queues.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name={['effects', 'persons']} label="专席" extra="可选择技能组以外的坐席。">
          <AgentsSelect known={persons} placeholder="不设" />
        </Form.Item>
        <Form.Item
          name={['effects', 'personSeconds']}
          label="仅由专席接听"
          extra="之后由全组接听，专席优先；专席都不在岗时不等待。"
          hidden={dedicated.length === 0}
          rules={[chosen('请填写秒数')]}
        >
          <InputNumber min={0} max={3600} precision={0} suffix="秒" style={{ width: 120 }} />
        </Form.Item>
      </div>
    </fieldset>
  );
}
