import { type PhoneRegion, regionName, regionPrefix, type Viewer } from '@rexian/contracts';
import { Form, Input, type TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { ExchangeButtons } from '../exchange/ExchangeButtons.tsx';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { rule } from '../forms/rule.ts';
import { useAction, useChange } from '../forms/useChange.ts';
import { useSettled } from '../forms/useSettled.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { ListTable } from '../listing/ListTable.tsx';
import { actionColumn, ChangeOrRemove } from '../listing/RowActions.tsx';
import { SearchInput } from '../listing/SearchInput.tsx';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api, client } from '../platform/api.ts';

/** Everybody shares the list: only who sees the whole tree may change it. */
const mayChange = (viewer: Viewer): boolean =>
  may(viewer, 'queues.manage') && viewer.scope === 'all' && viewer.chosenCentre === null;

const useRegions = (text: string) =>
  usePages(
    api.phoneRegions.list.infiniteOptions({ input: paged({ limit: 100, ...(text ? { text } : {}) }), ...paging }),
  );

/** 号段归属地: where a caller's number is at home. */
export function Regions() {
  const changes = mayChange(useViewer());
  const [text, setText] = useState('');
  const list = useRegions(useSettled(text.trim()));
  const [open, setOpen] = useState<PhoneRegion | 'new' | null>(null);
  const actions = (region: PhoneRegion) => <Actions region={region} onChange={() => setOpen(region)} />;
  const shown = changes ? [...columns, actionColumn(120, actions)] : columns;
  return (
    <>
      <div className="list-tools">
        <SearchInput label="搜索号段" placeholder="号段开头或归属地" value={text} onChange={setText} />
        <span className="muted">
          共 {list.total} 个；号码按最长的号段确定归属地。
          {!changes && '全省共用，由能看到全部机构的管理员维护。'}
        </span>
        <div className="list-end">
          <ExchangeButtons kind="regions" />
          {changes && <AddButton onClick={() => setOpen('new')}>新增号段</AddButton>}
        </div>
      </div>
      <ListTable list={list} rowKey="prefix" columns={shown} empty="没有符合条件的号段" />
      {open !== null && <RegionForm region={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}

const columns: TableColumnType<PhoneRegion>[] = [
  { title: '号段', dataIndex: 'prefix', width: 200 },
  { title: '归属地', dataIndex: 'region' },
];

function Actions({ region: { prefix, region }, onChange }: { region: PhoneRegion; onChange(): void }) {
  const remove = useAction({
    run: client.phoneRegions.remove,
    touches: [api.phoneRegions.key()],
    done: `已删除号段 ${prefix}`,
  });
  const removal = {
    title: `删除号段 ${prefix}（${region}）？`,
    okText: '删除',
    run: () => remove.act({ prefix }),
  };
  return <ChangeOrRemove onChange={onChange} removal={removal} />;
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
