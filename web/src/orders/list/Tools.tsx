import { type OrderFilter, workOrderKind, workOrderSource, workOrderState, workOrderUrgency } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented, Select, TreeSelect } from 'antd';
import { type ReactNode, useState } from 'react';
import { CategoryPicker } from '../../categories/CategoryPicker.tsx';
import { DayRange } from '../../listing/DayRange.tsx';
import { NumberSearch } from '../../listing/NumberSearch.tsx';
import { Several } from '../../listing/Several.tsx';
import { api } from '../../platform/api.ts';
import { personName } from '../../platform/personName.ts';
import { withoutEmpty } from '../../platform/withoutEmpty.ts';
import { worded } from '../../platform/worded.ts';
import { unitChoices } from '../../units/unitChoices.ts';
import { allOpen, type Tab } from './filters.ts';
import { TaxNumberSearch } from './TaxNumberSearch.tsx';

type Props = { tab: Tab; filter: OrderFilter; onFilter(filter: OrderFilter): void; children: ReactNode };
type Change = (changed: { [Key in keyof OrderFilter]: OrderFilter[Key] | undefined }) => void;

const due = [
  { value: '', label: '不限' },
  { value: 'near', label: '临期' },
  { value: 'overdue', label: '超期' },
] as const;
/** A draft is none of these lists' orders. */
const states = worded(workOrderState).filter(({ value }) => value !== 'draft');

/** Conditions of a list; those that are seldom used come when they are asked for. */
export function Tools({ tab, filter, onFilter, children }: Props) {
  const change: Change = (changed) => onFilter(withoutEmpty({ ...filter, ...changed }));
  const seldom = [filter.from, filter.to, filter.number, filter.unitId, filter.atUnitId, filter.sources];
  const others = [filter.categoryId, filter.taxNumber, filter.registeredBy];
  const [more, setMore] = useState(() => [...seldom, ...others].some(Boolean));
  return (
    <section className="list-tools" aria-label="查询条件">
      <Segmented<'' | 'near' | 'overdue'>
        aria-label="时限"
        options={[...due]}
        value={filter.due ?? ''}
        onChange={(value) => change({ due: value || undefined })}
      />
      <TextSearch filter={filter} change={change} />
      <Several
        label="类型"
        options={worded(workOrderKind)}
        value={filter.kinds}
        onChange={(kinds) => change({ kinds })}
      />
      <Several
        label="紧急程度"
        options={worded(workOrderUrgency)}
        value={filter.urgencies}
        onChange={(urgencies) => change({ urgencies })}
      />
      {!allOpen.includes(tab) && (
        <Several
          label="状态"
          options={states}
          value={filter.states}
          onChange={(chosen) => change({ states: chosen })}
        />
      )}
      {filter.node && <Button onClick={() => change({ node: undefined })}>仅看指定环节 ×</Button>}
      <Button type="link" aria-expanded={more} onClick={() => setMore(!more)}>
        {more ? '收起条件' : '更多条件'}
      </Button>
      {children}
      {more && <Seldom filter={filter} change={change} />}
    </section>
  );
}

/** The number of an order, whole, or any words of it: which of them it is can be told from what is typed. */
function TextSearch({ filter, change }: { filter: OrderFilter; change: Change }) {
  const known = filter.orderNumber ?? filter.text ?? '';
  const [short, setShort] = useState(false);
  const search = (typed: string) => {
    const asked = typed.trim();
    const isNumber = /^GD\d+$/i.test(asked);
    setShort(!isNumber && asked.length === 1);
    if (!isNumber && asked.length === 1) return;
    change({ orderNumber: isNumber ? asked : undefined, text: isNumber ? undefined : asked || undefined });
  };
  return (
    <>
      <Input.Search
        allowClear
        key={known}
        defaultValue={known}
        aria-label="查找工单"
        placeholder="工单号，或标题、内容、答复中的文字"
        maxLength={40}
        className="order-search"
        status={short ? 'error' : ''}
        onSearch={search}
      />
      {short && (
        <span className="list-wrong" role="alert">
          请至少输入两个字
        </span>
      )}
    </>
  );
}

function Seldom({ filter, change }: { filter: OrderFilter; change: Change }) {
  const { data } = useQuery(api.orders.options.queryOptions({ staleTime: 60_000 }));
  const tree = { allowClear: true, treeLine: true, showSearch: { treeNodeFilterProp: 'title' } };
  return (
    <div className="list-tools-more">
      <DayRange placeholder="登记日期起" {...filter} onChange={change} />
      <NumberSearch number={filter.number} onSearch={(number) => change({ number })} />
      <TaxNumberSearch taxNumber={filter.taxNumber} onSearch={(taxNumber) => change({ taxNumber })} />
      <span className="list-category">
        <CategoryPicker
          label="业务类别"
          placeholder="全部业务类别"
          value={filter.categoryId ?? null}
          onChange={(categoryId) => change({ categoryId: categoryId ?? undefined })}
        />
      </span>
      <TreeSelect
        {...tree}
        treeData={unitChoices(data?.owners ?? [])}
        aria-label="登记单位"
        placeholder="全部登记单位"
        popupMatchSelectWidth={false}
        style={{ width: 180 }}
        value={filter.unitId}
        onChange={(unitId: string | undefined) => change({ unitId })}
      />
      <TreeSelect
        {...tree}
        treeData={unitChoices(data?.units ?? [])}
        aria-label="所在单位"
        placeholder="全部所在单位"
        popupMatchSelectWidth={false}
        style={{ width: 180 }}
        value={filter.atUnitId}
        onChange={(atUnitId: string | undefined) => change({ atUnitId })}
      />
      <Several
        label="来源"
        options={worded(workOrderSource)}
        value={filter.sources}
        onChange={(sources) => change({ sources })}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label="登记人"
        placeholder="全部登记人"
        style={{ width: 150 }}
        options={data?.registrars.map((each) => ({ value: each.id, label: personName(each) })) ?? []}
        value={filter.registeredBy ?? null}
        onChange={(registeredBy) => change({ registeredBy: registeredBy ?? undefined })}
      />
    </div>
  );
}
