import { CloseOutlined } from '@ant-design/icons';
import { PROPOSALS_AT_ONCE, type Proposal } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ListTable } from '../../listing/ListTable.tsx';
import { selectable } from '../../listing/selectable.ts';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { useKey } from '../../orders/useKey.ts';
import { api } from '../../platform/api.ts';
import { waiting } from './columns.tsx';
import { OpenProposal } from './OpenProposal.tsx';
import { DecideSeveral } from './several/DecideSeveral.tsx';
import { type Act, actWords } from './several/decide.ts';
import { readSource, type Source, sourceChoices, sourceFilter, sourceOf, sourceValue } from './source.ts';

/** 待我审核: opened one by one, or decided together. */
export function Review() {
  const [query, setQuery] = useSearchParams();
  const source = useMemo(() => readSource(query), [query]);
  // A page is what one request decides.
  const filter = useMemo(() => ({ toDecide: true, ...sourceFilter(source), limit: PROPOSALS_AT_ONCE }), [source]);
  const list = usePages(api.answers.proposals.infiniteOptions({ input: paged(filter), ...paging }));
  const [chosen, setChosen] = useState<string[]>([]);
  const [deciding, setDeciding] = useState<{ act: Act; proposals: Proposal[] } | null>(null);
  const rows = list.rows.filter(({ id }) => chosen.includes(id));
  const show = (next: { source: Source; proposal?: string }) =>
    setQuery({
      tab: 'review',
      ...(next.source && { [next.source.kind]: next.source.id }),
      ...(next.proposal && { proposal: next.proposal }),
    });
  const open = (proposal: Proposal) => show({ source, proposal: proposal.id });
  const toggle = ({ id }: Proposal) =>
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  const [first] = list.rows;
  useKey('Alt+N', first ? () => open(first) : null);
  return (
    <>
      <section className="list-tools" aria-label="查询条件">
        <Sources
          value={source}
          onChange={(next) => {
            setChosen([]);
            show({ source: next });
          }}
        />
        {rows.length > 0 ? (
          <Selected
            count={rows.length}
            onAct={(act) => setDeciding({ act, proposals: rows })}
            onNone={() => setChosen([])}
          />
        ) : (
          <span className="muted">采纳后立即启用；退回时写明原因，提交人修改后可再次提交。</span>
        )}
      </section>
      <ListTable<Proposal>
        className="clickable"
        list={list}
        columns={waiting}
        scroll={{ x: 1040 }}
        rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(String)) }}
        onRow={(row) =>
          selectable(
            () => open(row),
            () => toggle(row),
          )
        }
        empty={source ? '没有符合条件的问答' : '没有待审核的问答'}
      />
      <OpenProposal list={list} id={query.get('proposal')} onClose={() => show({ source })} />
      {deciding && (
        <DecideSeveral
          {...deciding}
          onClose={() => {
            setDeciding(null);
            setChosen([]);
          }}
        />
      )}
    </>
  );
}

/** Who proposed it, or in which import. */
function Sources({ value, onChange }: { value: Source; onChange(source: Source): void }) {
  const { data } = useQuery(api.answers.sources.queryOptions());
  return (
    <Select<string | null>
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      aria-label="提交人或导入"
      placeholder="全部提交人"
      style={{ width: 260 }}
      options={sourceChoices(data ?? [])}
      value={sourceValue(value)}
      // What was decided to the last is no choice any more.
      labelRender={({ label }) => label ?? (data ? '已全部审核' : '')}
      onChange={(chosen?: string | null) => onChange(chosen ? sourceOf(chosen) : null)}
    />
  );
}

function Selected({ count, onAct, onNone }: { count: number; onAct(act: Act): void; onNone(): void }) {
  return (
    <fieldset className="list-selected" aria-label="所选问答">
      <span role="status">已选 {count} 条</span>
      {(['adopt', 'return'] as const).map((act) => (
        <Button key={act} onClick={() => onAct(act)}>
          {actWords[act]}所选
        </Button>
      ))}
      <Button type="text" icon={<CloseOutlined />} aria-label="取消选择" title="取消选择" onClick={onNone} />
    </fieldset>
  );
}
