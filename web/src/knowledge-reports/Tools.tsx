import { knowledgeKind } from '@rexian/contracts';
import { Checkbox, Input, Segmented, Select } from 'antd';
import { useLibraries, useOwners } from '../answers/places.ts';
import { ExportButton } from '../exports/ExportButton.tsx';
import { client } from '../platform/api.ts';
import { DAY, readWall, wallNow } from '../platform/beijing.ts';
import { DatePicker } from '../platform/DatePicker.tsx';
import { worded } from '../platform/worded.ts';
import { UnitFilter } from '../units/UnitFilter.tsx';
import { type Asked, type Grouping, groupings, LONGEST_DAYS, type Period, periods } from './asked.ts';
import { itemsOf, scopeOf } from './scope.ts';

type Props = { asked: Asked; onAsk(asked: Asked): void };
type Change = (changed: { [Key in keyof Asked]?: Asked[Key] | undefined }) => void;

const choices = <Value extends string>(names: Record<Value, string>) =>
  Object.entries<string>(names).map(([value, label]) => ({ value: value as Value, label }));

/** Of what time, of whose knowledge, summed up by what; and the way to Excel. */
export function Tools({ asked, onAsk }: Props) {
  const { libraries } = useLibraries();
  const owners = useOwners();
  const { report, period, from, to, by, unitId, libraryId } = asked;
  const change: Change = (changed) => {
    const kept = Object.entries({ ...asked, ...changed }).filter(([, value]) => value !== undefined);
    onAsk(Object.fromEntries(kept) as unknown as Asked);
  };
  return (
    <section className="list-tools" aria-label="查询条件">
      <Segmented<Period>
        aria-label="时间"
        options={choices(periods)}
        value={period}
        onChange={(value) => change({ period: value })}
      />
      {period === 'other' && (
        <DatePicker.RangePicker
          style={{ width: 240 }}
          allowClear={false}
          maxDate={wallNow()}
          value={[readWall(from), readWall(to)]}
          disabledDate={(day, { from: begun }) => Math.abs(begun?.diff(day, 'day') ?? 0) >= LONGEST_DAYS}
          onChange={(range) =>
            range?.[0] && range[1] && change({ from: range[0].format(DAY), to: range[1].format(DAY) })
          }
        />
      )}
      {report !== 'items' && (
        <Segmented<Grouping>
          aria-label="统计口径"
          options={choices(groupings)}
          value={by}
          onChange={(value) => change({ by: value })}
        />
      )}
      <UnitFilter units={owners} width={160} value={unitId} onChange={(chosen) => change({ unitId: chosen })} />
      <Select<string | undefined>
        allowClear
        aria-label="知识库"
        placeholder="全部知识库"
        style={{ width: 160 }}
        showSearch={{ optionFilterProp: 'label' }}
        options={libraries.map(({ id, name }) => ({ value: id, label: name }))}
        value={libraryId}
        onChange={(chosen) => change({ libraryId: chosen })}
      />
      {report === 'items' && <ItemTools asked={asked} change={change} />}
      <span className="list-end">
        <ExportButton run={() => client.knowledgeReports.export(wishOf(asked))} />
      </span>
    </section>
  );
}

function ItemTools({ asked: { kind, search = '', unused }, change }: { asked: Asked; change: Change }) {
  return (
    <>
      <Select
        allowClear
        aria-label="类型"
        placeholder="知识与问答"
        style={{ width: 124 }}
        options={worded(knowledgeKind)}
        value={kind ?? null}
        onChange={(chosen) => change({ kind: chosen ?? undefined })}
      />
      <Input.Search
        allowClear
        key={search}
        defaultValue={search}
        aria-label="查找标题"
        placeholder="标题中的文字"
        maxLength={60}
        style={{ width: 180 }}
        onSearch={(typed) => change({ search: typed.trim() || undefined })}
      />
      <Checkbox
        checked={unused === true}
        onChange={({ target }) => change({ unused: target.checked ? true : undefined })}
      >
        只看未使用的
      </Checkbox>
    </>
  );
}

const wishOf = (asked: Asked) =>
  asked.report === 'items'
    ? { what: asked.report, ...itemsOf(asked) }
    : { what: asked.report, ...scopeOf(asked), by: asked.by };
