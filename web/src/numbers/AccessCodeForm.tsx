import {
  type AcceptsFrom,
  type AccessCode,
  acceptsFrom,
  accessCodeDigits,
  remoteDigits,
  requiredText,
} from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form, Input, Segmented, Select, Switch } from 'antd';
import { useState } from 'react';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { useSettled } from '../forms/useSettled.ts';
import { api, client } from '../platform/api.ts';
import { useNumbers } from './useNumbers.ts';

interface Facts {
  code: string;
  name: string;
  kind: 'number' | 'platform';
  numberId?: string;
  queueId?: string;
  trunkId?: string;
  remoteNumber?: string;
  accepts: AcceptsFrom[];
  active: boolean;
}

const kinds = [
  { value: 'number', label: '平台内的中心' },
  { value: 'platform', label: '其他平台的中心' },
];
const centres = acceptsFrom.values.map((value) => ({ value, label: acceptsFrom.labels[value] }));

export function AccessCodeForm({ code, onClose }: { code: AccessCode | null; onClose(): void }) {
  const [form] = Form.useForm<Facts>();
  const initial = factsOf(code);
  const kind = Form.useWatch('kind', form) ?? initial.kind;
  const save = useChange({
    run: (facts: Facts) => {
      const change = {
        code: facts.code,
        name: facts.name,
        accepts: facts.accepts,
        active: facts.active,
        to: toOf(facts),
      };
      return code ? client.accessCodes.change({ ...change, id: code.id }) : client.accessCodes.create(change);
    },
    touches: [api.accessCodes.key()],
    done: (saved) => `已保存接入码 ${saved.code}`,
  });
  return (
    <FormDrawer<Facts>
      title={code ? `修改接入码 ${code.code}` : '新增接入码'}
      form={form}
      initial={initial}
      busy={save.isPending}
      error={save.error}
      onSubmit={(facts) => save.mutate(facts, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Form.Item name="code" label="接入码" extra="2 到 10 位数字、* 或 #。" rules={[rule(accessCodeDigits)]}>
        <Input maxLength={10} autoComplete="off" />
      </Form.Item>
      <Form.Item name="name" label="名称" rules={[rule(requiredText(60, '请输入名称'))]}>
        <Input maxLength={60} placeholder="例如：转柳州市中心" />
      </Form.Item>
      <Form.Item name="kind" label="通向">
        <Segmented block options={kinds} />
      </Form.Item>
      {kind === 'number' ? (
        <>
          <Form.Item name="numberId" label="接到服务号码" rules={[chosen('请选择服务号码')]}>
            <NumberSelect {...(code?.to.kind === 'number' ? { current: code.to.number } : {})} />
          </Form.Item>
          <Form.Item
            name="queueId"
            label="直接排队"
            extra="转来的来电直接进入该技能组，不再听语音导航；不选则走服务号码的流程。"
          >
            <QueueSelect {...(code?.to.kind === 'number' && code.to.queue ? { current: code.to.queue } : {})} />
          </Form.Item>
        </>
      ) : (
        <>
          <Form.Item name="trunkId" label="经由中继" rules={[chosen('请选择中继')]}>
            <TrunkSelect />
          </Form.Item>
          <Form.Item
            name="remoteNumber"
            label="对方号码"
            extra="对方平台的服务号码或接入码。"
            rules={[rule(remoteDigits)]}
          >
            <Input maxLength={16} autoComplete="off" />
          </Form.Item>
        </>
      )}
      <Form.Item
        name="accepts"
        label="接收来自"
        extra={kind === 'number' ? '相对于该号码所在的中心。' : '相对于中继所在的中心；本中心始终可用。'}
        rules={[chosen('请选择至少一类中心')]}
      >
        <Checkbox.Group options={centres} />
      </Form.Item>
      <Form.Item name="active" label="启用" valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}

function factsOf(code: AccessCode | null): Facts {
  if (!code) return { code: '', name: '', kind: 'number', accepts: [...acceptsFrom.values], active: true };
  const { to, accepts, active, name } = code;
  const facts = { code: code.code, name, accepts, active, kind: to.kind };
  if (to.kind === 'platform') return { ...facts, trunkId: to.trunk.id, remoteNumber: to.number };
  return { ...facts, numberId: to.number.id, ...(to.queue ? { queueId: to.queue.id } : {}) };
}

const toOf = ({ kind, numberId = '', queueId, trunkId = '', remoteNumber = '' }: Facts) =>
  kind === 'number' ? { kind, numberId, queueId: queueId ?? null } : { kind, trunkId, number: remoteNumber };

type SelectProps = { id?: string; value?: string; onChange?(value: string): void };
type NumberProps = SelectProps & { current?: { id: string; number: string; name: string } };

/** Searches on the server: there may be hundreds of numbers. */
function NumberSelect({ current, ...props }: NumberProps) {
  const [text, setText] = useState('');
  const settled = useSettled(text.trim());
  const { rows, isFetching } = useNumbers(settled ? { text: settled } : {});
  const choices = current && !settled && !rows.some(({ id }) => id === current.id) ? [current, ...rows] : rows;
  return (
    <Select
      {...props}
      loading={isFetching}
      placeholder="输入号码或名称查找"
      showSearch={{ filterOption: false, onSearch: setText }}
      options={choices.map(({ id, number, name }) => ({ value: id, label: `${number} ${name}` }))}
    />
  );
}

const useOptions = () => useQuery(api.accessCodes.options.queryOptions({ staleTime: 30_000 }));

function QueueSelect({ current, ...props }: SelectProps & { current?: { id: string; name: string } }) {
  const { data, isPending } = useOptions();
  const queues = data?.queues.map(({ id, name, unit }) => ({ value: id, label: `${name}（${unit.name}）` })) ?? [];
  // A queue above the viewer's reach, or one that is out of use by now.
  const kept =
    current && data && !queues.some(({ value }) => value === current.id)
      ? [{ value: current.id, label: current.name }]
      : [];
  return (
    <Select
      {...props}
      allowClear
      loading={isPending}
      placeholder="不直接排队"
      showSearch={{ optionFilterProp: 'label' }}
      options={[...kept, ...queues]}
    />
  );
}

function TrunkSelect(props: SelectProps) {
  const { data, isPending } = useOptions();
  return (
    <Select
      {...props}
      loading={isPending}
      placeholder="请选择"
      notFoundContent="还没有通向其他平台的中继，请先在“中继”页新增"
      options={data?.trunks.map(({ id, name, unit }) => ({ value: id, label: `${name}（${unit.name}）` })) ?? []}
    />
  );
}
