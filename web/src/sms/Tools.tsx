import { type SmsFilter, type SmsState, smsState } from '@rexian/contracts';
import { Select } from 'antd';
import { may, useViewer } from '../auth/viewer.ts';
import { DayRange } from '../listing/DayRange.tsx';
import { NumberSearch } from '../listing/NumberSearch.tsx';
import { withoutEmpty } from '../platform/withoutEmpty.ts';
import { worded } from '../platform/worded.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';

type Changed = { [Key in keyof SmsFilter]: SmsFilter[Key] | undefined };
type Props = { filter: SmsFilter; onFilter(filter: SmsFilter): void };

export function Tools({ filter, onFilter }: Props) {
  const units = may(useViewer(), 'settings.read');
  const change = (changed: Changed) => onFilter(withoutEmpty({ ...filter, ...changed }));
  return (
    <section className="list-tools" aria-label="查询条件">
      <DayRange placeholder="日期起" {...filter} onChange={change} />
      <Select<SmsState[]>
        mode="multiple"
        allowClear
        maxTagCount="responsive"
        aria-label="状态"
        placeholder="全部状态"
        style={{ width: 220 }}
        options={worded(smsState)}
        value={filter.states ?? []}
        onChange={(states) => change({ states })}
      />
      <NumberSearch number={filter.number} onSearch={(number) => change({ number })} />
      {units && (
        <UnitSelect
          allowClear
          placeholder="全部机构"
          style={{ width: 200 }}
          value={filter.unitId ?? null}
          onChange={(unitId) => change({ unitId })}
        />
      )}
    </section>
  );
}
