import { type LostCallFilter, type LostCallState, lostCallFilter, lostCallState } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Select } from 'antd';
import { may, useViewer } from '../auth/viewer.ts';
import { ExportCallers } from '../exchange/ExportCallers.tsx';
import { NumberSearch } from '../listing/NumberSearch.tsx';
import { api, client } from '../platform/api.ts';
import { DAY, readWall } from '../platform/beijing.ts';
import { DatePicker } from '../platform/DatePicker.tsx';
import { personName } from '../platform/personName.ts';
import { withoutEmpty } from '../platform/withoutEmpty.ts';
import { worded } from '../platform/worded.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';

type Changed = { [Key in keyof LostCallFilter]: LostCallFilter[Key] | undefined };
type Props = { filter: LostCallFilter; onFilter(filter: LostCallFilter): void };

/** Conditions of the list. Agents who see only their own need the first few. */
export function Tools({ filter, onFilter }: Props) {
  const leads = may(useViewer(), 'lost_calls.read');
  const change = (changed: Changed) => onFilter(withoutEmpty({ ...filter, ...changed }));
  const day = (value: string | undefined) => (value ? readWall(value) : null);
  return (
    <section className="list-tools" aria-label="查询条件">
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
        options={worded(lostCallState)}
        value={filter.states ?? []}
        onChange={(states) => change({ states })}
      />
      <NumberSearch number={filter.number} onSearch={(number) => change({ number })} />
      {leads && <LeaderTools filter={filter} change={change} />}
      {leads && (
        <div className="list-end">
          <ExportCallers fetchFile={(clear) => client.lostCalls.export({ ...lostCallFilter.parse(filter), clear })} />
        </div>
      )}
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
