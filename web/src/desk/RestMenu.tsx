import { DownOutlined } from '@ant-design/icons';
import type { ChosenReason } from '@rexian/contracts';
import { Button, Dropdown } from 'antd';
import { reasonOf, restLabel, useRestReasons } from './restReasons.ts';

type Props = {
  label: string;
  disabled: boolean;
  busy: boolean;
  size?: 'middle' | 'large';
  onChoose(reason: ChosenReason): void;
};

/** 示忙 with its reasons and the minutes that each may last. */
export function RestMenu({ label, disabled, busy, size = 'middle', onChoose }: Props) {
  const reasons = useRestReasons();
  return (
    <Dropdown
      trigger={['click']}
      disabled={disabled || busy}
      menu={{
        items: reasons.map((each) => ({ key: each.reason, label: restLabel(each) })),
        onClick: ({ key }) => onChoose(reasonOf(key)),
      }}
    >
      <Button size={size} loading={busy}>
        {label} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
