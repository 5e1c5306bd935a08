import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { type PhoneRegion, regionName, regionPrefix, type Viewer } from '@rexian/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Form, Input, Table, type TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { ExchangeButtons } from '../exchange/ExchangeButtons.tsx';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { ListFooter } from '../forms/ListFooter.tsx';
import { rule } from '../forms/rule.ts';
import { useAction, useChange } from '../forms/useChange.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { useSettled } from '../forms/useSettled.ts';
import { api, client } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';

/** Everybody shares the list: only who sees the whole tree may change it. */
const mayChange = (viewer: Viewer): boolean =>
  may(viewer, 'queues.manage') && viewer.scope === 'all' && viewer.chosenCentre === null;

function useRegions(text: string) {
  const list = useInfiniteQuery(
    api.phoneRegions.list.infiniteOptions({
      input: (cursor: string | null) => ({ limit: 100, ...(text ? { text } : {}), ...(cursor ? { cursor } : {}) }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
    }),
  );
  return {
    ...list,
    rows: list.data?.pages.flatMap((page) => page.rows) ?? [],
    total: list.data?.pages[0]?.total ?? 0,
  };
}

/** 号段归属地: where a caller's number is at home. */
export function Regions() {
  const changes = mayChange(useViewer());
  const [text, setText] = useState('');
  const list = useRegions(useSettled(text.trim()));
  const [open, setOpen] = useState<PhoneRegion | 'new' | null>(null);
  return (
    <>
      <div className="list-tools">
        <Input
          allowClear
          prefix={<SearchOutlined />}
          placeholder="号段开头或归属地"
          aria-label="搜索号段"
          maxLength={40}
          style={{ width: 200 }}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <span className="muted">
          共 {list.total} 个；号码按最长的号段确定归属地。
          {!changes && '全省共用，由能看到全部机构的管理员维护。'}
        </span>
        <span className="push">
          <ExchangeButtons kind="regions" />
        </span>
        {changes && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
            新增号段
          </Button>
        )}
      </div>
      {list.error && <Failed error={list.error} retry={list.refetch} />}
      <div className="list-table">
        <Table<PhoneRegion>
          size="small"
          rowKey="prefix"
          sticky
          pagination={false}
          loading={list.isPending}
          columns={changes ? [...columns, actionColumn(setOpen)] : columns}
          dataSource={list.rows}
          locale={{ emptyText: '没有符合条件的号段' }}
        />
        <ListFooter
          shown={list.rows.length}
          total={list.total}
          more={list.hasNextPage}
          busy={list.isFetchingNextPage}
          onMore={list.fetchNextPage}
        />
      </div>
      {open !== null && <RegionForm region={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}

const columns: TableColumnType<PhoneRegion>[] = [
  { title: '号段', dataIndex: 'prefix', width: 200 },
  { title: '归属地', dataIndex: 'region' },
];

const actionColumn = (open: (region: PhoneRegion) => void): TableColumnType<PhoneRegion> => ({
  title: '操作',
  key: 'actions',
  width: 120,
  render: (_, region) => <Actions region={region} onChange={() => open(region)} />,
});

function Actions({ region: { prefix, region }, onChange }: { region: PhoneRegion; onChange(): void }) {
  const confirm = useConfirm();
  const remove = useAction({
    run: client.phoneRegions.remove,
    touches: [api.phoneRegions.key()],
    done: `已删除号段 ${prefix}`,
  });
  const ask = () =>
    confirm({
      title: `删除号段 ${prefix}（${region}）？`,
      okText: '删除',
      run: () => remove.act({ prefix }),
    });
  return (
    <>
      <Button type="link" size="small" onClick={onChange}>
        修改
      </Button>
      <Button type="link" size="small" danger onClick={ask}>
        删除
      </Button>
    </>
  );
}

function RegionForm({ region, onClose }: { region: PhoneRegion | null; onClose(): void }) {
  const save = useChange({
    run: (facts: PhoneRegion) => client.phoneRegions.save({ ...facts, prefix: region?.prefix ?? facts.prefix }),
    touches: [api.phoneRegions.key()],
    done: (saved) => `已保存号段 ${saved.prefix}`,
  });
  return (
    <FormDrawer<PhoneRegion>
      title={region ? `修改号段 ${region.prefix}` : '新增号段'}
      initial={region ?? {}}
      busy={save.isPending}
      error={save.error}
      onSubmit={(facts) => save.mutate(facts, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Form.Item
        name="prefix"
        label="号段"
        extra="手机号前 7 位，或带 0 的区号，例如 0771；已有的号段改为新的归属地。"
        rules={[rule(regionPrefix)]}
      >
        <Input maxLength={11} inputMode="numeric" autoComplete="off" disabled={region !== null} />
      </Form.Item>
      <Form.Item name="region" label="归属地" rules={[rule(regionName)]}>
        <Input maxLength={40} placeholder="例如：广西南宁" />
      </Form.Item>
    </FormDrawer>
  );
}
