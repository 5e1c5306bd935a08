import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { errorText } from '../../platform/errors.ts';
import { holdsFor, placeTree, useLibraries, useOwners } from '../places.ts';

type Props = {
  id: string;
  /** Whose answer it is: libraries of it and of those above. */
  unitId: string;
  /** A category. */
  value: string | null;
  onChange(place: { libraryId: string | null; categoryId: string | null }): void;
};

/** A category of a library, searched by name. */
export function PlaceSelect({ id, unitId, value, onChange }: Props) {
  const { libraries, error, isPending } = useLibraries();
  const unit = useOwners().find((each) => each.id === unitId);
  const usable = useMemo(
    () => (unit ? libraries.filter((library) => holdsFor(library.unit, unit)) : libraries),
    [libraries, unit],
  );
  const treeData = useMemo(() => placeTree(usable, { keep: value ?? '' }), [usable, value]);
  return (
    <TreeSelect<string | null>
      id={id}
      className="full"
      allowClear
      treeLine
      listHeight={360}
      popupMatchSelectWidth={false}
      placeholder="请选择"
      showSearch={{ treeNodeFilterProp: 'label' }}
      treeNodeLabelProp="label"
      loading={isPending}
      notFoundContent={error ? errorText(error) : '没有可用的知识库'}
      treeData={treeData}
      value={value}
      onChange={(categoryId) => {
        const library = usable.find(({ categories }) => categories.some((each) => each.id === categoryId));
        onChange({ libraryId: library?.id ?? null, categoryId: categoryId ?? null });
      }}
    />
  );
}
