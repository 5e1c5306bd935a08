import { requiredText, type ServiceNumber, serviceNumberDigits } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select, Switch } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { numberTouches } from './useNumbers.ts';

type Facts = { number: string; name: string; unitId: string; flowId: string; active: boolean };
type Props = { number: ServiceNumber | null; unitId?: string; onClose(): void };

/** A service number: what is dialled, whose it is, and which flow answers. */
export function NumberForm({ number, unitId, onClose }: Props) {
  const viewer = useViewer();
  const save = useChange({
    run: (facts: Facts) => (number ? client.numbers.change({ ...facts, id: number.id }) : client.numbers.create(facts)),
    touches: numberTouches,
    done: (saved) => `已保存号码 ${saved.number}`,
  });
  const initial = number
    ? { ...number, unitId: number.unit.id, flowId: number.flow.id }
    : { unitId: unitId ?? viewer.centre.id, active: true };
  return (
    <FormDrawer<Facts>
      title={number ? `修改服务号码 ${number.number}` : '新增服务号码'}
      initial={initial}
      busy={save.isPending}
      error={save.error}
      onSubmit={(facts) => save.mutate(facts, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Form.Item
        name="number"
        label="号码"
        extra="运营商送来的被叫号码，带区号，不含横线，例如 077112366。"
        rules={[rule(serviceNumberDigits)]}
      >
        <Input maxLength={16} inputMode="numeric" autoComplete="off" />
      </Form.Item>
      <Form.Item name="name" label="名称" rules={[rule(requiredText(60, '请输入名称'))]}>
        <Input maxLength={60} placeholder="例如：南宁市12366" />
      </Form.Item>
      <Form.Item name="unitId" label="所属机构" rules={[chosen('请选择所属机构')]}>
        <UnitSelect />
      </Form.Item>
      <Form.Item name="flowId" label="接听流程" rules={[chosen('请选择接听流程')]}>
        <FlowSelect />
      </Form.Item>
      <Form.Item name="active" label="启用" valuePropName="checked" extra="停用后来电听到号码未开通的提示。">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}

type SelectProps = { id?: string; value?: string; onChange?(value: string): void };

function FlowSelect(props: SelectProps) {
  const { data, isPending } = useQuery(api.numbers.flows.queryOptions({ staleTime: 30_000 }));
  return (
    <Select
      {...props}
      loading={isPending}
      placeholder="请选择"
      showSearch={{ optionFilterProp: 'label' }}
      options={data?.map(({ id, name, unit }) => ({ value: id, label: `${name}（${unit.name}）` })) ?? []}
    />
  );
}
