import type { MissingWord } from '@rexian/contracts';
import { Button, Segmented, type TableColumnType } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ListTable } from '../../listing/ListTable.tsx';
import { actionColumn } from '../../listing/RowActions.tsx';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api } from '../../platform/api.ts';
import { DAY, wallNow } from '../../platform/beijing.ts';
import { dateMinute } from '../../platform/format.ts';
import { useTitle } from '../../platform/useTitle.ts';
import { withoutEmpty } from '../../platform/withoutEmpty.ts';
import { UnitFilter } from '../../units/UnitFilter.tsx';
import { newAnswerPath } from '../paths.ts';
import { useOwners } from '../places.ts';
import { SettleForm } from './SettleForm.tsx';

const periods = [
  { value: '7', label: '近 7 天' },
  { value: '30', label: '近 30 天' },
  { value: 'all', label: '全部' },
];
const FIRST_PERIOD = '30';

/** 未命中问题: what was asked and not found, most frequent first; what it becomes is an answer, or a note. */
export default function MissingPage() {
  useTitle('未命中问题');
  const navigate = useNavigate();
  const owners = useOwners();
  const [query, setQuery] = useSearchParams();
  const settled = query.get('settled') === 'yes';
  const unitId = owners.find(({ id }) => id === query.get('unit'))?.id;
  const period = periods.find(({ value }) => value === query.get('days'))?.value ?? FIRST_PERIOD;
  const filter = useMemo(() => {
    const days = Number(period) - 1;
    const from = period === 'all' ? '' : wallNow().subtract(days, 'day').format(DAY);
    return { settled, limit: 50, ...withoutEmpty({ unitId, from }) };
  }, [settled, unitId, period]);
  const list = usePages(api.knowledgeMissing.list.infiniteOptions({ input: paged(filter), ...paging }));
  const [settling, setSettling] = useState<MissingWord | null>(null);
  const narrow = (next: { settled?: string; unit?: string | undefined; days?: string }) =>
    setQuery(withoutEmpty({ ...Object.fromEntries(query), ...next }) as Record<string, string>, { replace: true });
  const answer = ({ text }: MissingWord) => void navigate(newAnswerPath({ question: text.slice(0, 100) }));
  return (
    <div className="list-page">
      <section className="list-tools" aria-label="查询条件">
        <Segmented
          aria-label="处理情况"
          options={[
            { value: '', label: '待处理' },
            { value: 'yes', label: '已处理' },
          ]}
          value={settled ? 'yes' : ''}
          onChange={(value) => narrow({ settled: value })}
        />
        <Segmented aria-label="时间" options={periods} value={period} onChange={(days) => narrow({ days })} />
        <UnitFilter units={owners} width={180} value={unitId} onChange={(chosen) => narrow({ unit: chosen })} />
        <span className="muted">检索过但没有找到的问题，次数多的在前。</span>
      </section>
      <ListTable
        list={list}
        columns={[
          ...columns(settled),
          ...(settled
            ? []
            : [
                actionColumn<MissingWord>(150, (word) => (
                  <>
                    <Button type="link" size="small" onClick={() => answer(word)}>
                      新增问答
                    </Button>
                    <Button type="link" size="small" onClick={() => setSettling(word)}>
                      处理
                    </Button>
                  </>
                )),
              ]),
        ]}
        scroll={{ x: 960 }}
        empty={settled ? '没有已处理的问题' : '没有待处理的未命中问题'}
      />
      {settling && <SettleForm word={settling} onClose={() => setSettling(null)} />}
    </div>
  );
}

const columns = (settled: boolean): TableColumnType<MissingWord>[] => [
  { title: '检索内容', dataIndex: 'text', className: 'wrapping' },
  { title: '次数', dataIndex: 'times', width: 70, align: 'right' },
  { title: '人数', dataIndex: 'people', width: 70, align: 'right' },
  { title: '机构', key: 'unit', width: 150, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '首次', dataIndex: 'firstAt', width: 120, render: (at: Date) => dateMinute(at) },
  { title: '最近', dataIndex: 'lastAt', width: 120, render: (at: Date) => dateMinute(at) },
  ...(settled ? [settlement] : []),
];

const settlement: TableColumnType<MissingWord> = {
  title: '处理情况',
  key: 'settled',
  width: 300,
  className: 'wrapping',
  render: (_, { settled }) =>
    settled && (
      <>
        {settled.note}
        <div className="muted">
          {settled.by} {dateMinute(settled.at)}
        </div>
      </>
    ),
};
