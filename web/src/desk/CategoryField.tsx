import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo } from 'react';
import { api } from '../platform/api.ts';
import { type CategoryGroup, type CategoryOption, categoryOptions } from './categoryOptions.ts';

/** A leaf matches by its whole path; a group only through its leaves. */
function matches(text: string, option: CategoryOption | CategoryGroup | undefined): boolean {
  return option !== undefined && 'path' in option && option.path.toLowerCase().includes(text.toLowerCase());
}

type Props = { value: string | null; onChange(value: string | null): void; onPicked(): void };

/** Search over all leaves: type a few characters, Enter takes the first. */
export function CategoryField({ value, onChange, onPicked }: Props) {
  const { data, isPending } = useQuery(api.desk.categories.queryOptions({ staleTime: 300_000 }));
  const groups = useMemo(() => categoryOptions(data ?? []), [data]);
  const paths = useMemo(
    () => new Map(groups.flatMap((group) => group.options.map((o) => [o.value, o.path]))),
    [groups],
  );
  return (
    <div>
      <label className="label" htmlFor="wrap-up-category">
        业务类别
      </label>
      <Select<string, CategoryOption | CategoryGroup>
        id="wrap-up-category"
        className="full"
        showSearch={{ filterOption: matches }}
        allowClear
        loading={isPending}
        options={groups}
        labelRender={({ value: chosen }) => paths.get(String(chosen)) ?? '已停用的类别'}
        value={value}
        onChange={(next) => onChange(next ?? null)}
        onSelect={onPicked}
        placeholder="选择或搜索类别"
        listHeight={320}
      />
    </div>
  );
}
