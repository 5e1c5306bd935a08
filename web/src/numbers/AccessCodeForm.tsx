import { type AccessCode, accessCodeDigits, requiredText } from '@rexian/contracts';
import { Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { useSettled } from '../forms/useSettled.ts';
import { api, client } from '../platform/api.ts';
import { useNumbers } from './useNumbers.ts';

type Facts = { code: string; name: string; numberId: string; active: boolean };

export function AccessCodeForm({ code, onClose }: { code: AccessCode | null; onClose(): void }) {
  const save = useChange({
    run: (facts: Facts) =>
      code ? client.accessCodes.change({ ...facts, id: code.id }) : client.accessCodes.create(facts),
    touches: [api.accessCodes.key()],
    done: (saved) => `已保存接入码 ${saved.code}`,
  });
  return (
    <FormDrawer<Facts>
      title={code ? `修改接入码 ${code.code}` : '新增接入码'}
      initial={code ? { ...code, numberId: code.number.id } : { active: true }}
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
      <Form.Item name="numberId" label="接到服务号码" rules={[chosen('请选择服务号码')]}>
        <NumberSelect {...(code ? { current: code.number } : {})} />
      </Form.Item>
      <Form.Item name="active" label="启用" valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}

type SelectProps = { id?: string; value?: string; current?: AccessCode['number']; onChange?(value: string): void };

/** Searches on the server: there may be hundreds of numbers. */
function NumberSelect({ current, ...props }: SelectProps) {
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
