import type { KnowledgeLibrary } from '@rexian/contracts';
import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { errorText } from '../../platform/errors.ts';
import { type CategoryNode, forestOf } from './forest.ts';
import { useLibraries } from './useLibraries.ts';

type Props = {
  id?: string;
  /** Of the category. */
  value?: string | null;
  onChange?(categoryId: string): void;
  /** Path of the unit that the article belongs to: libraries are its own and those from above. */
  unitPath: string;
  disabled?: boolean;
};

/** A category, in the tree of its library. What is out of use is still named, not offered. */
export function PlaceSelect({ id, value = null, onChange, unitPath, disabled = false }: Props) {
  const { data, error, isPending } = useLibraries();
  const treeData = useMemo(
    () => (data ?? []).filter((library) => isAbove(library, unitPath)).map(libraryChoice),
    [data, unitPath],
  );
  return (
    <TreeSelect<string>
      {...(id ? { id } : {})}
      key={isPending ? 'loading' : 'ready'}
      className="full"
      disabled={disabled}
      loading={isPending}
      treeLine
      treeDefaultExpandedKeys={treeData.map((library) => library.value)}
      treeNodeLabelProp="label"
      showSearch={{ treeNodeFilterProp: 'label' }}
      listHeight={360}
      popupMatchSelectWidth={false}
      placeholder="选择知识库和目录"
      notFoundContent={error ? errorText(error) : '没有可用的知识库'}
      treeData={treeData}
      {...(value ? { value } : {})}
      onChange={(chosen) => onChange?.(chosen)}
    />
  );
}

/** The library of a category. */
export const libraryOf = (libraries: readonly KnowledgeLibrary[], categoryId: string): KnowledgeLibrary | undefined =>
  libraries.find(({ categories }) => categories.some(({ id }) => id === categoryId));

const isAbove = ({ unit }: KnowledgeLibrary, path: string): boolean =>
  unit.path === path || path.startsWith(`${unit.path}.`);

const libraryChoice = ({ id, name, enabled, categories }: KnowledgeLibrary) => ({
  value: id,
  title: enabled ? name : `${name}（停用）`,
  label: name,
  selectable: false,
  children: forestOf(categories).map((node) => choice(node, name, enabled)),
});

interface Choice {
  value: string;
  title: string;
  label: string;
  disabled: boolean;
  children: Choice[];
}

/** `above`: library and categories that lead to it, as is shown once it is chosen. */
function choice({ id, name, inUse, children }: CategoryNode, above: string, enabled: boolean): Choice {
  const label = `${above} / ${name}`;
  return {
    value: id,
    title: name,
    label,
    disabled: !enabled || !inUse,
    children: children.map((child) => choice(child, label, enabled)),
  };
}
