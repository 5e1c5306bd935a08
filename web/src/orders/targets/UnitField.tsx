import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { usePinyin } from '../../categories/usePinyin.ts';
import { api } from '../../platform/api.ts';

type Props = {
  id?: string;
  value?: string | null;
  onChange?(unitId: string | null): void;
  autoFocus?: boolean;
  /** Names the field for whoever doesn't see it. */
  label: string;
};

interface Choice {
  value: string;
  label: string;
  /** Storeys below the topmost. */
  depth: number;
}

/** A unit that orders can be handed to: typed by a part of its name or pinyin initials, Enter takes the first. */
export function UnitField({ id, value = null, onChange, autoFocus = false, label }: Props) {
  const { data: units = [], isPending } = useQuery(api.orderSteps.units.queryOptions({ staleTime: 300_000 }));
  const pinyin = usePinyin();
  const storey = (path: string) => path.split('.').length;
  const top = Math.min(...units.map(({ path }) => storey(path)));
  return (
    <Select<string, Choice>
      {...(id ? { id } : {})}
      aria-label={label}
      placeholder="单位名称或拼音首字母"
      allowClear
      autoFocus={autoFocus}
      loading={isPending}
      showSearch={{
        filterOption: (typed, option) =>
          option !== undefined && (option.label.includes(typed) || (pinyin.matches?.(option.label, typed) ?? false)),
      }}
      onFocus={pinyin.load}
      popupMatchSelectWidth={false}
      listHeight={320}
      options={units.map(({ id: unit, name, path }) => ({ value: unit, label: name, depth: storey(path) - top }))}
      optionRender={({ label: name, data }) => <span style={{ paddingLeft: data.depth * 14 }}>{name}</span>}
      value={value || null}
      onChange={(unitId: string | undefined) => onChange?.(unitId ?? null)}
    />
  );
}
