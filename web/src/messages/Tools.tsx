import {
  type MessageFilter,
  voicemailScene,
  type WorkOrderState,
  workOrderSource,
  workOrderState,
} from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Segmented, Select } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { DayRange } from '../listing/DayRange.tsx';
import { NumberSearch } from '../listing/NumberSearch.tsx';
import { Several } from '../listing/Several.tsx';
import { api } from '../platform/api.ts';
import { personName } from '../platform/personName.ts';
import { withoutEmpty } from '../platform/withoutEmpty.ts';
import { worded } from '../platform/worded.ts';
import { UnitFilter } from '../units/UnitFilter.tsx';

type Changed = { [Key in keyof MessageFilter]: MessageFilter[Key] | undefined };
type Props = { filter: MessageFilter; onFilter(filter: MessageFilter): void };

/** Those that a message has; an order's other states are seen in the lists of orders. */
const states = [
  ...worded(workOrderState).filter(({ value }) => value !== 'suspended' && value !== 'merged'),
  { value: 'all' as const, label: '全部' },
];
const sources = worded(workOrderSource).filter(({ value }) => value === 'voicemail' || value === 'flow');

export function Tools({ filter, onFilter }: Props) {
  const change = (changed: Changed) => onFilter(withoutEmpty({ ...filter, ...changed }));
  return (
    <section className="list-tools" aria-label="查询条件">
      <Segmented<WorkOrderState | 'all'>
        aria-label="状态"
        options={states}
        value={filter.states?.[0] ?? 'all'}
        onChange={(state) => change({ states: state === 'all' ? undefined : [state] })}
      />
      <DayRange placeholder="留言日期起" {...filter} onChange={change} />
      <NumberSearch number={filter.number} onSearch={(number) => change({ number })} />
      <Several
        label="场景"
        options={worded(voicemailScene)}
        value={filter.scenes}
        onChange={(scenes) => change({ scenes })}
      />
      <Several label="来源" options={sources} value={filter.sources} onChange={(sources) => change({ sources })} />
      <People filter={filter} change={change} />
    </section>
  );
}

function People({ filter, change }: { filter: MessageFilter; change(changed: Changed): void }) {
  const viewer = useViewer();
  const { data } = useQuery(api.messages.options.queryOptions({ staleTime: 60_000 }));
  const others = data?.people.filter(({ id }) => id !== viewer.id) ?? [];
  const people = [
    { value: viewer.id, label: '分派给我的' },
    { value: 'nobody', label: '未分派' },
    ...others.map((each) => ({ value: each.id, label: personName(each) })),
  ];
  return (
    <>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label="处理人"
        placeholder="全部处理人"
        style={{ width: 134 }}
        options={people}
        value={filter.assignedTo ?? null}
        onChange={(assignedTo) => change({ assignedTo: assignedTo ?? undefined })}
      />
      {data && data.units.length > 1 && (
        <UnitFilter units={data.units} width={180} value={filter.unitId} onChange={(unitId) => change({ unitId })} />
      )}
    </>
  );
}
