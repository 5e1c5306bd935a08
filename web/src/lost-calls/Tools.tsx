import { DownloadOutlined } from '@ant-design/icons';
import { type LostCallFilter, type LostCallState, lostCallFilter, lostCallState } from '@rexian/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, DatePicker, Dropdown, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { api, client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { saveFile } from '../platform/saveFile.ts';
import { withoutEmpty } from '../platform/withoutEmpty.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { personName } from './Forms.tsx';

type Changed = { [Key in keyof LostCallFilter]: LostCallFilter[Key] | undefined };
type Props = { filter: LostCallFilter; onFilter(filter: LostCallFilter): void };

const DAY = 'YYYY-MM-DD';
const stateOptions = lostCallState.values.map((value) => ({ value, label: lostCallState.labels[value] }));

/** Conditions of the list. Agents who see only their own need the first few. */
export function Tools({ filter, onFilter }: Props) {
  const leads = may(useViewer(), 'lost_calls.read');
  const change = (changed: Changed) => onFilter(withoutEmpty({ ...filter, ...changed }));
  const day = (value: string | undefined) => (value ? dayjs(value) : null);
  return (
    <section className="panel list-tools" aria-label="查询条件">
      <DatePicker.RangePicker
        allowEmpty={[true, true]}
        value={[day(filter.from), day(filter.to)]}
        placeholder={['呼损日期起', '止']}
        onChange={(range) => change({ from: range?.[0]?.format(DAY), to: range?.[1]?.format(DAY) })}
      />
      <Select<LostCallState[]>
        mode="multiple"
        allowClear
        maxTagCount="responsive"
        aria-label="状态"
        placeholder="全部状态"
        style={{ width: 220 }}
        options={stateOptions}
        value={filter.states ?? []}
        onChange={(states) => change({ states })}
      />
      <NumberSearch number={filter.number} onSearch={(number) => change({ number })} />
      {leads && <LeaderTools filter={filter} change={change} />}
      {leads && <Export filter={filter} />}
    </section>
  );
}

function LeaderTools({ filter, change }: { filter: LostCallFilter; change(changed: Changed): void }) {
  const { data } = useQuery(api.lostCalls.options.queryOptions({ staleTime: 60_000 }));
  const choice = { allowClear: true, showSearch: { optionFilterProp: 'label' } } as const;
  const units = may(useViewer(), 'settings.read');
  return (
    <>
      {data && data.queues.length > 1 && (
        <Select
          {...choice}
          aria-label="技能组"
          placeholder="全部技能组"
          style={{ width: 150 }}
          options={data.queues.map(({ id, name }) => ({ value: id, label: name }))}
          value={filter.queueId ?? null}
          onChange={(queueId) => change({ queueId: queueId ?? undefined })}
        />
      )}
      {data && data.agents.length > 0 && (
        <Select
          {...choice}
          aria-label="分派给"
          placeholder="分派给"
          style={{ width: 150 }}
          options={data.agents.map((each) => ({ value: each.id, label: personName(each) }))}
          value={filter.assignedTo ?? null}
          onChange={(assignedTo) => change({ assignedTo: assignedTo ?? undefined })}
        />
      )}
      {units && (
        <UnitSelect
          placeholder="全部机构"
          allowClear
          style={{ width: 180 }}
          value={filter.unitId ?? null}
          onChange={(unitId) => change({ unitId })}
        />
      )}
      <Checkbox checked={filter.mine ?? false} onChange={({ target }) => change({ mine: target.checked || undefined })}>
        只看分派给我的
      </Checkbox>
    </>
  );
}

function NumberSearch({
  number,
  onSearch,
}: {
  number: string | undefined;
  onSearch(number: string | undefined): void;
}) {
  const [wrong, setWrong] = useState(false);
  const search = (typed: string) => {
    const asked = typed.trim();
    const usable = asked === '' || lostCallFilter.shape.number.safeParse(asked).success;
    setWrong(!usable);
    if (usable) onSearch(asked || undefined);
  };
  return (
    <>
      <Input.Search
        allowClear
        key={number ?? ''}
        defaultValue={number ?? ''}
        placeholder="完整号码或后四位"
        aria-label="查找号码"
        maxLength={33}
        style={{ width: 190 }}
        status={wrong ? 'error' : ''}
        onSearch={search}
      />
      {wrong && (
        <span className="list-wrong" role="alert">
          请输入完整号码或后四位
        </span>
      )}
    </>
  );
}

function Export({ filter }: { filter: LostCallFilter }) {
  const viewer = useViewer();
  const { message, modal } = App.useApp();
  const run = useMutation({
    mutationFn: (clear: boolean) => client.lostCalls.export({ ...lostCallFilter.parse(filter), clear }),
    onSuccess: (file, clear) =>
      saveFile(file, file.name || `呼损${clear ? '-完整号码' : ''}-${dayjs().format('YYYYMMDD-HHmm')}.xlsx`),
    onError: (error) => void message.error(errorText(error)),
  });
  if (!may(viewer, 'contacts.export')) return null;
  const button = (onClick?: () => void) => (
    <Button className="push" icon={<DownloadOutlined />} loading={run.isPending} onClick={onClick}>
      导出
    </Button>
  );
  if (!may(viewer, 'personal.export')) return button(() => run.mutate(false));
  const askFirst = () =>
    modal.confirm({
      title: '导出完整号码？',
      content: '文件将包含来电人的完整号码，请妥善保管、按规定使用。本次导出会记入审计日志。',
      okText: '导出完整号码',
      onOk: () => run.mutate(true),
    });
  const items = [
    { key: 'masked', label: '号码脱敏' },
    { key: 'clear', label: '完整号码…' },
  ];
  const choose = ({ key }: { key: string }) => (key === 'clear' ? void askFirst() : run.mutate(false));
  return (
    <Dropdown trigger={['click']} disabled={run.isPending} menu={{ items, onClick: choose }}>
      {button()}
    </Dropdown>
  );
}
