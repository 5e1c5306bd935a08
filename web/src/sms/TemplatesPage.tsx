import { type SmsTemplate, smsLength } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, type TableColumnType } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { useSettled } from '../forms/useSettled.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { ListTable } from '../listing/ListTable.tsx';
import { actionColumn, ChangeOrRemove } from '../listing/RowActions.tsx';
import { SearchInput } from '../listing/SearchInput.tsx';
import { ActiveTag } from '../platform/ActiveTag.tsx';
import { api, client } from '../platform/api.ts';
import { dateTime } from '../platform/format.ts';
import { useTitle } from '../platform/useTitle.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { type Edited, TemplateForm, touches } from './TemplateForm.tsx';
import './sms.css';

/** 短信模板: what short messages say, centre by centre. */
export default function TemplatesPage() {
  useTitle('短信模板');
  const viewer = useViewer();
  const manages = may(viewer, 'sms.manage');
  const [unitId, setUnitId] = useState<string | undefined>();
  const [search, setSearch] = useState('');
  const [edited, setEdited] = useState<Edited | null>(null);
  const words = useSettled(search.trim());
  const input = { ...(unitId ? { unitId } : {}), ...(words ? { search: words } : {}) };
  const list = useQuery(api.smsTemplates.list.queryOptions({ input, placeholderData: (before) => before }));
  const actions = (template: SmsTemplate) => <Actions template={template} onEdit={setEdited} />;
  return (
    <div className="list-page">
      <section className="list-tools" aria-label="查询条件">
        {may(viewer, 'settings.read') && (
          <UnitSelect
            placeholder="全部机构"
            allowClear
            style={{ width: 220 }}
            value={unitId ?? null}
            onChange={setUnitId}
          />
        )}
        <SearchInput label="搜索短信模板" placeholder="名称、代码或内容" value={search} onChange={setSearch} />
        <div className="list-end">
          {manages && <AddButton onClick={() => setEdited({ what: 'new' })}>新增短信模板</AddButton>}
        </div>
      </section>
      <ListTable
        list={{ ...list, rows: list.data ?? [] }}
        columns={manages ? [...columns, actionColumn(130, actions)] : columns}
        rowClassName={({ enabled }) => (enabled ? '' : 'off')}
        scroll={{ x: 1100 }}
        empty={words || unitId ? '没有符合条件的短信模板' : '还没有短信模板'}
      />
      {edited && <TemplateForm edited={edited} onClose={() => setEdited(null)} />}
    </div>
  );
}

const columns: TableColumnType<SmsTemplate>[] = [
  { title: '名称', dataIndex: 'name', width: 150, className: 'wrapping' },
  { title: '代码', dataIndex: 'code', width: 150, className: 'wrapping' },
  { title: '机构', key: 'unit', width: 150, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '内容', dataIndex: 'text', render: (text: string) => <span className="sms-text">{text}</span> },
  { title: '字数', key: 'length', width: 60, align: 'right', render: (_, { text }) => smsLength(text).characters },
  { title: '状态', key: 'enabled', width: 90, render: (_, { enabled }) => <ActiveTag active={enabled} /> },
  {
    title: '修改',
    key: 'changed',
    width: 180,
    ellipsis: true,
    render: (_, { changedAt, changedBy }) => `${dateTime(changedAt)} ${changedBy}`,
  },
];

function Actions({ template, onEdit }: { template: SmsTemplate; onEdit(edited: Edited): void }) {
  const { id, revision, name, unit, can } = template;
  const remove = useAction({ run: client.smsTemplates.remove, touches, done: '已删除' });
  if (!can.change)
    return (
      <Button type="link" size="small" onClick={() => onEdit({ what: 'own', from: template })}>
        本机构另设
      </Button>
    );
  const removal = {
    title: `删除短信模板“${name}”？`,
    content: `${unit.name}改用上级机构相同代码的模板；没有时，按此代码的短信不再发送。`,
    okText: '删除',
    run: () => remove.act({ id, revision }),
  };
  return <ChangeOrRemove onChange={() => onEdit({ what: 'change', template })} removal={removal} />;
}
