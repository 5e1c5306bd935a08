import { type ArticleFilter, articleState, articleValidity } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { Several } from '../../listing/Several.tsx';
import { api } from '../../platform/api.ts';
import { withoutEmpty } from '../../platform/withoutEmpty.ts';
import { worded } from '../../platform/worded.ts';
import { UnitSelect } from '../../units/UnitSelect.tsx';

type Props = {
  filter: ArticleFilter;
  /** Where the tab doesn't say which state. */
  withStates: boolean;
  onFilter(filter: ArticleFilter): void;
};

/** Conditions of the list. */
export function Tools({ filter, withStates, onFilter }: Props) {
  const change = (changed: { [Key in keyof ArticleFilter]: ArticleFilter[Key] | undefined }) =>
    onFilter(withoutEmpty({ ...filter, ...changed }));
  const regions = useQuery(api.knowledge.regions.queryOptions({ staleTime: 60_000 }));
  return (
    <section className="list-tools" aria-label="查询条件">
      <Typed label="查找知识" placeholder="标题或摘要中的文字" width={230} value={filter.search} most={60}>
        {(search) => change({ search })}
      </Typed>
      {withStates && (
        <Several
          label="状态"
          options={worded(articleState)}
          value={filter.states}
          onChange={(states) => change({ states })}
        />
      )}
      <Select
        aria-label="有效期"
        placeholder="有效期不限"
        allowClear
        style={{ width: 120 }}
        options={worded(articleValidity)}
        value={filter.validity ?? null}
        onChange={(validity) => change({ validity: validity ?? undefined })}
      />
      <UnitSelect
        placeholder="全部机构"
        allowClear
        style={{ width: 150 }}
        value={filter.unitId ?? null}
        onChange={(unitId) => change({ unitId })}
      />
      <Typed label="标签" placeholder="标签" width={110} value={filter.tag} most={20}>
        {(tag) => change({ tag })}
      </Typed>
      <Select
        aria-label="适用地区"
        placeholder="全部地区"
        allowClear
        showSearch
        style={{ width: 130 }}
        options={regions.data?.map((region) => ({ value: region })) ?? []}
        value={filter.region ?? null}
        onChange={(region) => change({ region: region ?? undefined })}
      />
    </section>
  );
}

type TypedProps = {
  label: string;
  placeholder: string;
  width: number;
  most: number;
  value: string | undefined;
  children(typed: string | undefined): void;
};

/** Counts on Enter, and when it is emptied. */
function Typed({ label, placeholder, width, most, value, children: change }: TypedProps) {
  return (
    <Input
      allowClear
      key={value ?? ''}
      defaultValue={value ?? ''}
      aria-label={label}
      placeholder={placeholder}
      maxLength={most}
      style={{ width }}
      onPressEnter={({ currentTarget }) => change(currentTarget.value.trim() || undefined)}
      onClear={() => change(undefined)}
    />
  );
}
