import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { shortKey } from './shortcuts.ts';
import type { BarButton } from './verbs.ts';

type Props = { button: BarButton; tone?: 'ready' | 'fault' | undefined; onClick?(): void; children: ReactNode };

/** Icon above word, its key in the corner; grey ones say why. */
export function PhoneButton({ button, tone, onClick, children }: Props) {
  const { action, label, shortcut, enabled, active, reason } = button;
  return (
    <Tooltip title={reason ?? `${label}（${shortcut}）`} mouseEnterDelay={0.5}>
      {/* A disabled button tells the mouse nothing; its frame does. */}
      <span className="phone-button-frame">
        <Button
          className="phone-button"
          data-verb={action}
          data-tone={tone}
          data-active={active || undefined}
          disabled={!enabled}
          onClick={onClick}
          aria-keyshortcuts={shortcut}
          aria-label={reason ? `${label}，${reason}` : `${label}，快捷键 ${shortcut}`}
        >
          {children}
          <span>{label}</span>
          <kbd>{shortKey(shortcut)}</kbd>
        </Button>
      </span>
    </Tooltip>
  );
}
