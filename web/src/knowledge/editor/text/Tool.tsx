import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';

type Props = {
  label: string;
  keys?: string;
  icon: ReactNode;
  /** What is under the cursor is so. */
  on?: boolean;
  off?: boolean;
  run(): unknown;
};

/** A button above the text: the keyboard stays in the text. */
export function Tool({ label, keys, icon, on, off = false, run }: Props) {
  return (
    <Tooltip title={keys ? `${label}（${keys}）` : label} mouseEnterDelay={0.5}>
      <Button
        type="text"
        aria-label={label}
        {...(on === undefined ? {} : { 'aria-pressed': on })}
        icon={icon}
        disabled={off}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => run()}
      />
    </Tooltip>
  );
}
