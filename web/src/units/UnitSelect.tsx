import type { Unit } from '@rexian/contracts';
import { TreeSelect } from 'antd';
import { type CSSProperties, useMemo } from 'react';
import { forestOf, type UnitNode } from './tree.ts';
import { useUnits } from './useUnits.ts';

interface Common {
  id?: string;
  placeholder?: string;
  allowClear?: boolean;
  disabled?: boolean;
  style?: CSSProperties;
  /** Units that are shown but can't be chosen. */
  refuse?(unit: Unit): boolean;
}
interface One extends Common {
  value?: string | null;
  onChange?(value: string | undefined): void;
}
interface Several extends Common {
  value?: string[];
  onChange?(value: string[]): void;
}

interface Choice {
  value: string;
  /** What is searched and shown once chosen. */
  title: string;
  disabled: boolean;
  children: Choice[];
}

/** Chooses one unit from the tree of the viewer's scope. */
export function UnitSelect({ refuse, value, ...props }: One) {
  const { key, ...tree } = useTree(refuse);
  return (
    <TreeSelect<string | undefined, Choice> key={key} {...shown} {...tree} {...props} value={value ?? undefined} />
  );
}

/** Chooses several, each on its own: one above another does not bring the other. */
export function UnitsSelect({ refuse, value, ...props }: Several) {
  const { key, ...tree } = useTree(refuse);
  return <TreeSelect<string[], Choice> key={key} {...shown} {...tree} {...props} multiple value={value ?? []} />;
}

const shown = {
  placeholder: '请选择',
  showSearch: { treeNodeFilterProp: 'title' },
  treeNodeLabelProp: 'title',
  treeLine: true,
  listHeight: 360,
  popupMatchSelectWidth: false,
  style: { width: '100%' },
} as const;

function useTree(refuse?: (unit: Unit) => boolean) {
  const { units, isPending } = useUnits();
  const treeData = useMemo(() => {
    const choice = ({ unit, children }: UnitNode): Choice => ({
      value: unit.id,
      title: unit.active ? unit.name : `${unit.name}（已停用）`,
      disabled: refuse?.(unit) ?? false,
      children: children.map(choice),
    });
    return forestOf(units).map(choice);
  }, [units, refuse]);
  // A large tree opens at its top two storeys only.
  const treeDefaultExpandedKeys = useMemo(() => forestOf(units).map(({ unit }) => unit.id), [units]);
  // What is expanded at first is read once, when the tree appears.
  return { treeData, treeDefaultExpandedKeys, loading: isPending, key: isPending ? 'loading' : 'ready' };
}
