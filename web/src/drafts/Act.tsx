import { Button, Tooltip } from 'antd';
import { memo, type ReactNode } from 'react';

type Props = { label: string; keys?: string; icon: ReactNode; disabled?: boolean; run(): void };

/** A button of an editor's toolbar. */
export const Act = memo(function Act({ label, keys, icon, disabled = false, run }: Props) {
  return (
    <Tooltip title={keys ? `${label}（${keys}）` : label} mouseEnterDelay={0.4}>
      <Button type="text" aria-label={label} icon={icon} disabled={disabled} onClick={run} />
    </Tooltip>
  );
});
