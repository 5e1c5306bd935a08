import { PhoneOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { createContext, type MouseEvent, use, useState } from 'react';

/** Whom: a number, the caller of a record, or a lost call. */
export type Dialled = ({ number: string } | { contactId: string } | { lostCallId: string }) & {
  shownNumberId?: string;
};

export type Dialling = {
  /** Why nobody can be called from this page now; null: somebody can. */
  blockedBy: string | null;
  /** Answers whether the call began; a refusal is told. */
  dial(whom: Dialled): Promise<boolean>;
};

const Context = createContext<Dialling | null>(null);
/** The desk gives it; pages anywhere below call through it. */
export const DiallingProvider = Context.Provider;

const nobody: Dialling = { blockedBy: '请先签入', dial: () => Promise.resolve(false) };

export function useDial(): Dialling {
  return use(Context) ?? nobody;
}

type Props = { whom: Dialled; label?: string; size?: 'small' | 'middle' };

/** 点击外呼: beside a number on any page. Nothing for those who have no desk. */
export function DialButton({ whom, label, size = 'small' }: Props) {
  const dialling = use(Context);
  const [busy, setBusy] = useState(false);
  if (!dialling) return null;
  const click = async (event: MouseEvent) => {
    // The row behind it would open.
    event.stopPropagation();
    setBusy(true);
    await dialling.dial(whom);
    setBusy(false);
  };
  return (
    <Tooltip title={dialling.blockedBy ?? '呼叫此号码'}>
      <span>
        <Button
          type={label ? 'default' : 'text'}
          size={size}
          className="dial-button"
          disabled={dialling.blockedBy !== null}
          loading={busy}
          icon={<PhoneOutlined />}
          aria-label="呼叫此号码"
          onClick={(event) => void click(event)}
        >
          {label}
        </Button>
      </span>
    </Tooltip>
  );
}
