import { useQuery } from '@tanstack/react-query';
import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { api } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { type CategoryNode, forestOf } from './forest.ts';

type Props = {
  id?: string;
  /** Whose categories, with those handed down to it; null: not chosen yet. */
  unitId: string | null;
  placeholder: string;
  value?: string[];
  onChange?(value: string[]): void;
};

/** Chooses several categories, each with all below it. */
export function CategoriesSelect({ unitId, value = [], ...props }: Props) {
  const { data, error, isFetching } = useQuery({
    ...api.categories.list.queryOptions({ input: { unitId: unitId ?? '' } }),
    enabled: unitId !== null,
  });
  const treeData = useMemo(() => forestOf(data ?? []).map(choice), [data]);
  return (
    <TreeSelect<string[]>
      {...props}
      className="full"
      multiple
      allowClear
      showSearch={{ treeNodeFilterProp: 'title' }}
      treeNodeLabelProp="title"
      treeLine
      listHeight={360}
      loading={isFetching}
      notFoundContent={error ? errorText(error) : '没有业务类别'}
      treeData={treeData}
      value={value}
    />
  );
}

interface Choice {
  value: string;
  title: string;
  children?: Choice[];
}

const choice = ({ id, name, active, children }: CategoryNode): Choice => ({
  value: id,
  title: active ? name : `${name}（已停用）`,
  ...(children && { children: children.map(choice) }),
});
