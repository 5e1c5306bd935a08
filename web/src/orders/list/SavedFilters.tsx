import { CloseOutlined, StarOutlined } from '@ant-design/icons';
import { requiredText, SAVED_FILTERS_MAX, type SavedFilter } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Form, Input } from 'antd';
import { useState } from 'react';
import { FormDrawer } from '../../forms/FormDrawer.tsx';
import { rule } from '../../forms/rule.ts';
import { useAction, useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';

const touches = [api.savedFilters.key()];

/** 常用筛选: to open one, to keep what is filtered now, to remove one. */
export function SavedFilters({ query, onOpen }: { query: string; onOpen(query: string): void }) {
  const { data: kept = [] } = useQuery(api.savedFilters.list.queryOptions({ input: { list: 'orders' } }));
  const remove = useAction({ run: client.savedFilters.remove, touches, done: '已删除' });
  const [keeping, setKeeping] = useState(false);
  const items = kept.map((each) => ({
    key: each.id,
    label: <Kept filter={each} onRemove={() => void remove.act({ id: each.id })} />,
    onClick: () => onOpen(each.query),
  }));
  const keep = {
    key: 'keep',
    label: '保存当前筛选…',
    disabled: query === '' || kept.length >= SAVED_FILTERS_MAX,
    onClick: () => setKeeping(true),
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{ items: [...items, ...(items.length > 0 ? [{ type: 'divider' as const }] : []), keep] }}
      >
        <Button icon={<StarOutlined />}>常用筛选</Button>
      </Dropdown>
      {keeping && <KeepForm query={query} kept={kept} onClose={() => setKeeping(false)} />}
    </>
  );
}

function Kept({ filter: { name }, onRemove }: { filter: SavedFilter; onRemove(): void }) {
  return (
    <span className="saved-filter">
      {name}
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={`删除常用筛选“${name}”`}
        onClick={(event) => {
          event.stopPropagation();
          onRemove();
        }}
      />
    </span>
  );
}

function KeepForm({ query, kept, onClose }: { query: string; kept: SavedFilter[]; onClose(): void }) {
  const save = useChange({ run: client.savedFilters.save, touches, done: '已保存' });
  const [form] = Form.useForm<{ name: string }>();
  const name = Form.useWatch('name', form);
  const isTaken = kept.some((each) => each.name === name?.trim());
  return (
    <FormDrawer<{ name: string }>
      title="保存当前筛选"
      form={form}
      initial={{}}
      busy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate({ list: 'orders', query, ...values }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label="名称"
        rules={[rule(requiredText(20, '请填写名称'))]}
        extra={isTaken ? '将替换同名的常用筛选。' : '只有您自己看得到。'}
      >
        <Input maxLength={20} placeholder="例如：本所超期投诉" />
      </Form.Item>
    </FormDrawer>
  );
}
