import type { Calendar } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Empty, Select, Spin } from 'antd';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { api } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { useTitle } from '../platform/useTitle.ts';
import { CalendarEditor } from './CalendarEditor.tsx';
import { NewCalendarForm } from './NewCalendarForm.tsx';
import { governing } from './shown.ts';
import { useRemoveCalendar } from './useCalendarChanges.ts';
import '../listing/listing.css';
import './calendars.css';

/** 工作日历: when each centre is open. */
export default function CalendarsPage() {
  useTitle('工作日历');
  const viewer = useViewer();
  const { data, error, isPending, refetch } = useQuery(api.calendars.list.queryOptions());
  const [query, setQuery] = useSearchParams();
  const [dirty, setDirty] = useState(false);
  const [adding, setAdding] = useState(false);
  const leave = useLeave(dirty);
  const calendars = data ?? [];
  const calendar =
    calendars.find(({ id }) => id === query.get('calendar')) ?? governing(calendars, viewer.unit.path) ?? calendars[0];
  const choose = useCallback((id: string) => setQuery({ calendar: id }), [setQuery]);
  const manages = may(viewer, 'calendars.manage');
  if (isPending) return <Spin className="page-spin" />;
  return (
    <div className="list-page">
      <section className="list-tools">
        <Select
          aria-label="工作日历"
          className="calendar-choice"
          placeholder="还没有工作日历"
          showSearch={{ optionFilterProp: 'label' }}
          value={calendar?.id ?? null}
          options={calendars.map(({ id, name, unit }) => ({ value: id, label: `${unit.name} · ${name}` }))}
          onChange={(id: string) => leave(() => choose(id))}
        />
        {calendar && <span className="muted">对“{calendar.unit.name}”及没有自己日历的下级生效</span>}
        {calendar?.can.change && <RemoveButton calendar={calendar} />}
        <div className="list-end">
          {manages && <AddButton onClick={() => leave(() => setAdding(true))}>新增日历</AddButton>}
        </div>
      </section>
      {error && <Failed error={error} retry={refetch} />}
      {calendar ? (
        <CalendarEditor key={calendar.id} calendar={calendar} onDirty={setDirty} />
      ) : (
        !error && <Empty description="还没有工作日历，各中心全天接听" />
      )}
      {adding && (
        <NewCalendarForm
          calendars={calendars}
          onClose={(created) => {
            setAdding(false);
            if (created) choose(created.id);
          }}
        />
      )}
    </div>
  );
}

function RemoveButton({ calendar }: { calendar: Calendar }) {
  const confirm = useConfirm();
  const remove = useRemoveCalendar();
  const ask = () =>
    confirm({
      title: `删除“${calendar.unit.name}”的工作日历“${calendar.name}”？`,
      content: '删除后按上级机构的日历；上级也没有时全天接听。',
      okText: '删除',
      run: () => remove.act({ id: calendar.id }),
    });
  return (
    <Button danger type="text" onClick={ask}>
      删除
    </Button>
  );
}

/** Goes on, after asking when something is unsaved. */
function useLeave(dirty: boolean): (go: () => void) => void {
  const { modal } = App.useApp();
  return (go) => {
    if (!dirty) return go();
    modal.confirm({
      title: '放弃未保存的修改？',
      okText: '放弃',
      cancelText: '继续修改',
      okButtonProps: { danger: true },
      onOk: go,
    });
  };
}
