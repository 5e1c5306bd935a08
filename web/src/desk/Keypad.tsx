import { TableOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../platform/api.ts';
import { useDesk } from './DeskProvider.tsx';
import { PhoneButton } from './PhoneButton.tsx';
import { pageTones } from './pageTones.ts';
import type { BarButton } from './verbs.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

type Props = { button: BarButton; open: boolean; onOpenChange(open: boolean): void };

/** Digits into the call; while it is open, the keyboard's digits go there too. */
export function Keypad({ button, open, onOpenChange }: Props) {
  const { sent, send } = useKeys(open);
  const close = useRef(onOpenChange);
  close.current = onOpenChange;
  useEffect(() => {
    if (!open) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape') return close.current(false);
      if (event.ctrlKey || event.altKey || event.metaKey || !keys.includes(event.key)) return;
      // Before the page's other uses of digits: the open keypad owns them.
      event.preventDefault();
      event.stopPropagation();
      send(event.key);
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, [open, send]);
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={(next) => onOpenChange(next && button.enabled)}
      content={
        <div className="keypad">
          <output className="num" aria-label="已发送的按键">
            {sent || '\u00a0'}
          </output>
          {keys.map((key) => (
            <Button key={key} onClick={() => send(key)}>
              {key}
            </Button>
          ))}
        </div>
      }
    >
      <span>
        <PhoneButton button={button}>
          <TableOutlined />
        </PhoneButton>
      </span>
    </Popover>
  );
}

/** Keys go one request after the other, those pressed meanwhile together: their order holds. */
function useKeys(open: boolean) {
  const { act } = useDesk();
  const [sent, setSent] = useState('');
  const waiting = useRef('');
  const busy = useRef(false);
  useEffect(() => {
    if (!open) setSent('');
  }, [open]);
  const send = useCallback(
    (key: string) => {
      pageTones.key(key);
      waiting.current += key;
      if (busy.current) return;
      busy.current = true;
      void (async () => {
        while (waiting.current) {
          const keys = waiting.current.slice(0, 32);
          waiting.current = waiting.current.slice(32);
          if (await act((sessionId) => client.desk.dtmf({ sessionId, keys }))) {
            setSent((text) => (text + keys).slice(-20));
          } else {
            waiting.current = '';
          }
        }
        busy.current = false;
      })();
    },
    [act],
  );
  return { sent, send };
}
