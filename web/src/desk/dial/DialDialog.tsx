import { DeleteOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { api } from '../../platform/api.ts';
import { useDial } from '../../platform/dialling.tsx';
import { DialIcon } from '../DialIcon.tsx';
import { pageTones } from '../pageTones.ts';
import { dialledNumber } from './dialled.ts';
import { Redial } from './Redial.tsx';
import './dial.css';

/** 外呼: a number, which of ours the called sees, and whom I called last. */
export function DialDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  return (
    <Modal title="外呼" open={open} onCancel={onClose} footer={null} width={620} destroyOnHidden>
      <DialPad onClose={onClose} />
    </Modal>
  );
}

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

function DialPad({ onClose }: { onClose(): void }) {
  const { dial } = useDial();
  const [typed, setTyped] = useState('');
  const [shownNumberId, setShownNumberId] = useState<string | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const targets = useQuery(api.desk.targets.queryOptions({ input: {}, staleTime: 30_000 }));
  const shown = targets.data?.shownNumbers ?? [];

  const call = async (whom: { number: string } | { contactId: string }) => {
    if (busy) return;
    setBusy(true);
    const done = await dial({ ...whom, ...(shownNumberId ? { shownNumberId } : {}) });
    setBusy(false);
    if (done) onClose();
  };
  const submit = () => {
    const dialled = dialledNumber(typed);
    if ('missing' in dialled) return setMissing(dialled.missing);
    void call(dialled);
  };
  const add = (key: string) => {
    pageTones.key(key);
    setTyped((before) => before + key);
  };
  return (
    <div className="dial">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Input
          autoFocus
          size="large"
          className="num"
          inputMode="tel"
          autoComplete="off"
          aria-label="外呼号码"
          placeholder="手机或座机号码"
          value={typed}
          status={missing ? 'error' : ''}
          onChange={(event) => {
            setTyped(event.target.value);
            setMissing(null);
          }}
          suffix={
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label="删除一位"
              tabIndex={-1}
              onClick={() => setTyped((before) => before.slice(0, -1))}
            />
          }
        />
        <p className="field-error" role="alert">
          {missing ?? '\u00a0'}
        </p>
        <div className="keypad">
          {keys.map((key) => (
            <Button key={key} tabIndex={-1} onClick={() => add(key)}>
              {key}
            </Button>
          ))}
        </div>
        <label htmlFor="dial-shown" className="muted">
          显示号码
        </label>
        <Select
          id="dial-shown"
          className="full"
          loading={targets.isPending}
          value={shownNumberId ?? shown[0]?.id ?? null}
          onChange={setShownNumberId}
          options={shown.map(({ id, number, name }) => ({ value: id, label: `${name} ${number}` }))}
          placeholder="没有可用的显示号码"
        />
        <Button type="primary" size="large" block htmlType="submit" icon={<DialIcon />} loading={busy}>
          呼叫 <kbd>Enter</kbd>
        </Button>
      </form>
      <Redial disabled={busy} onDial={(contactId) => void call({ contactId })} />
    </div>
  );
}
