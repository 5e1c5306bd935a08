import { Segmented } from 'antd';

/** What a version is compared with. */
export type Against = 'previous' | 'published' | 'draft';

type Props = {
  version: number;
  /** null: none is published any more. */
  inUse: number | null;
  hasDraft: boolean;
  value: Against;
  onChange(against: Against): void;
};

/** Offers what the version has: see `againstOf`. */
export function AgainstChoice({ version, inUse, hasDraft, value, onChange }: Props) {
  return (
    <Segmented<Against>
      options={[
        { value: 'previous', label: '与上一版本比较', disabled: version === 1 },
        { value: 'published', label: '与使用中的版本比较', disabled: version === inUse },
        { value: 'draft', label: '与草稿比较', disabled: !hasDraft },
      ]}
      value={value}
      onChange={onChange}
    />
  );
}

type Of = Pick<Props, 'version' | 'inUse'>;

/** What is wanted, as far as it is there: before the first version there is none, and a draft may have gone meanwhile. */
export function againstOf(wanted: Against, { version, inUse, hasDraft }: Of & Pick<Props, 'hasDraft'>): Against {
  const against = wanted === 'draft' && !hasDraft ? 'previous' : wanted;
  return against === 'previous' && version === 1 && version !== inUse ? 'published' : against;
}

/** The version beside which this one stands; null: none. */
export function otherVersion(against: Against, { version, inUse }: Of): number | null {
  if (against === 'draft') return null;
  if (against === 'published' && version !== inUse) return inUse;
  return version > 1 ? version - 1 : null;
}
