import { CaretRightFilled, PauseOutlined } from '@ant-design/icons';
import { Button } from 'antd';

type Props = {
  state: 'silent' | 'loading' | 'playing';
  /** 试听, or how long it is. */
  children: string;
  /** What it is, for those who can't see the row. */
  label: string;
  disabled?: boolean;
  onClick(): void;
};

export function ListenButton({ state, children, label, disabled = false, onClick }: Props) {
  return (
    <Button
      size="small"
      loading={state === 'loading'}
      disabled={disabled}
      icon={state === 'playing' ? <PauseOutlined /> : <CaretRightFilled />}
      aria-label={state === 'playing' ? `停止 ${label}` : `试听 ${label}`}
      data-listening={state}
      onClick={(event) => {
        // The row behind it would open.
        event.stopPropagation();
        onClick();
      }}
    >
      {state === 'playing' ? '停止' : children}
    </Button>
  );
}
