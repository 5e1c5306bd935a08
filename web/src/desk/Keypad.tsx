import { TableOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useEffect, useState } from 'react';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** Digits into the call; while it is open, the keyboard's digits go there too. */
export function Keypad({ enabled, onKey }: { enabled: boolean; onKey(key: string): void }) {
  const [open, setOpen] = useState(false);
  const [sent, setSent] = useState('');
  const shown = open && enabled;
  useEffect(() => {
    if (!shown) return setSent('');
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape') return setOpen(false);
      if (event.ctrlKey || event.altKey || event.metaKey || !keys.includes(event.key)) return;
      // Before the page's other uses of digits: the open keypad owns them.
      event.preventDefault();
      event.stopPropagation();
      onKey(event.key);
      setSent((text) => (text + event.key).slice(-20));
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, [shown, onKey]);
  const tap = (key: string) => {
    onKey(key);
    setSent((text) => (text + key).slice(-20));
  };
  return (
    <Popover
      trigger="click"
      open={shown}
      onOpenChange={(next) => setOpen(next && enabled)}
      content={
        <div className="keypad">
          <output className="num">{sent || '\u00a0'}</output>
          {keys.map((key) => (
            <Button key={key} onClick={() => tap(key)}>
              {key}
            </Button>
          ))}
        </div>
      }
    >
      <Button className="phone-button" disabled={!enabled}>
        <TableOutlined />
        <span>键盘</span>
      </Button>
    </Popover>
  );
}
