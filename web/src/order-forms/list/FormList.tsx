import { type OrderFormSummary, orderFormName } from '@rexian/contracts';
import { Button, Select, type TableColumnType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { may, useViewer } from '../../auth/viewer.ts';
import { useAction } from '../../forms/useChange.ts';
import { useConfirm } from '../../forms/useConfirm.ts';
import { AddButton } from '../../listing/AddButton.tsx';
import { ListTable } from '../../listing/ListTable.tsx';
import { actionColumn } from '../../listing/RowActions.tsx';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api, client } from '../../platform/api.ts';
import { dateTime } from '../../platform/format.ts';
import { useTitle } from '../../platform/useTitle.ts';
import { UnitSelect } from '../../units/UnitSelect.tsx';
import { FORM_KINDS, type FormKind, kindWord } from '../kinds.ts';
import { CopyFormForm, NewFormForm } from './Forms.tsx';

const columns: TableColumnType<OrderFormSummary>[] = [
  {
    title: '工单类型',
    key: 'kind',
    width: 160,
    render: (_, { id, kind }) => <Link to={`/order-forms/${id}`}>{kindWord(kind)}</Link>,
  },
  { title: '机构', key: 'unit', ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '字段数', key: 'fields', width: 100, align: 'right', render: (_, { fieldCount }) => fieldCount },
  { title: '版本', key: 'version', width: 90, align: 'right', render: (_, { version }) => `v${version}` },
  {
    title: '最近修改',
    key: 'changed',
    width: 260,
    ellipsis: true,
    render: (_, { changedAt, changedBy }) => `${dateTime(changedAt)} ${changedBy}`,
  },
];

type Opened = { what: 'new' } | { what: 'copy'; form: OrderFormSummary };

/** 登记表单: what is asked when orders are registered, unit by unit and kind by kind. */
export function FormList() {
  useTitle('登记表单');
  const manages = may(useViewer(), 'workflows.manage');
  const [unitId, setUnitId] = useState<string | undefined>();
  const [kind, setKind] = useState<FormKind | undefined>();
  const [opened, setOpened] = useState<Opened | null>(null);
  const asked = { limit: 50, ...(unitId && { unitId }), ...(kind && { kind }) };
  const list = usePages(api.orderForms.list.infiniteOptions({ input: paged(asked), ...paging }));
  const close = () => setOpened(null);
  return (
    <div className="list-page">
      <section className="list-tools" aria-label="查询条件">
        <Select<FormKind | null>
          aria-label="工单类型"
          placeholder="工单类型不限"
          allowClear
          style={{ width: 150 }}
          options={FORM_KINDS}
          value={kind ?? null}
          onChange={(next) => setKind(next ?? undefined)}
        />
        <UnitSelect
          placeholder="全部机构"
          allowClear
          style={{ width: 220 }}
          value={unitId ?? null}
          onChange={setUnitId}
        />
        <span className="muted">下级机构没有自己的表单时，沿用上级机构的</span>
        {manages && (
          <div className="list-end">
            <AddButton onClick={() => setOpened({ what: 'new' })}>新建登记表单</AddButton>
          </div>
        )}
      </section>
      <ListTable
        list={list}
        columns={[
          ...columns,
          actionColumn<OrderFormSummary>(190, (form) => (
            <Actions form={form} manages={manages} onCopy={() => setOpened({ what: 'copy', form })} />
          )),
        ]}
        scroll={{ x: 960 }}
        empty="还没有登记表单"
      />
      {opened?.what === 'new' && <NewFormForm onClose={close} />}
      {opened?.what === 'copy' && <CopyFormForm form={opened.form} onClose={close} />}
    </div>
  );
}

type ActionsProps = { form: OrderFormSummary; manages: boolean; onCopy(): void };

function Actions({ form: { id, kind, unit, can }, manages, onCopy }: ActionsProps) {
  const confirm = useConfirm();
  const title = orderFormName(kind);
  const remove = useAction({ run: client.orderForms.remove, touches: [api.orderForms.key()], done: `已删除${title}` });
  const ask = () =>
    confirm({
      title: `删除${unit.name}的${title}？`,
      content: '新工单改用上级机构的表单；已登记的工单仍按原表单显示。',
      okText: '删除',
      run: () => remove.act({ id }),
    });
  return (
    <>
      <Link to={`/order-forms/${id}`}>
        <Button type="link" size="small" tabIndex={-1}>
          {can.change ? '编辑' : '查看'}
        </Button>
      </Link>
      {manages && (
        <Button type="link" size="small" onClick={onCopy}>
          复制
        </Button>
      )}
      {can.change && (
        <Button type="link" size="small" danger onClick={ask}>
          删除
        </Button>
      )}
    </>
  );
}
