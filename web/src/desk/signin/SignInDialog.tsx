import { type PhoneChoice, type PhoneKind, phoneKind } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Radio, Switch } from 'antd';
import { useRef, useState } from 'react';
import { api } from '../../platform/api.ts';
import { AudioFields } from '../audio/AudioFields.tsx';
import { requestNotifications } from '../useAttention.ts';
import { choiceOf, kindHint, lastChoice, rememberChoice, type SignInDraft } from './choice.ts';
import { DeviceList } from './DeviceList.tsx';
import './signin.css';

type Props = {
  open: boolean;
  onClose(): void;
  /** Answers whether it went through; a refusal is told by whoever owns it. */
  onSignIn(phone: PhoneChoice, autoAnswer: boolean): Promise<boolean>;
};

/** Which phone for this shift? The last choice stands there already: Enter signs in. */
export function SignInDialog({ open, onClose, onSignIn }: Props) {
  const [draft, setDraft] = useState<SignInDraft>(lastChoice);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const phones = useQuery(api.desk.phones.queryOptions({ enabled: open, refetchInterval: 5_000 }));
  const change = (part: Partial<SignInDraft>) => setDraft((before) => ({ ...before, ...part }));
  const choice = choiceOf(draft, phones.data?.devices ?? null);
  const missing = typeof choice === 'string' ? choice : null;

  const submit = async () => {
    requestNotifications();
    if (typeof choice === 'string') return setTried(true);
    setBusy(true);
    const done = await onSignIn(choice, draft.autoAnswer);
    setBusy(false);
    if (!done) return void phones.refetch();
    rememberChoice(draft);
    onClose();
  };
  return (
    <Modal
      title="签入"
      open={open}
      onCancel={onClose}
      onOk={() => void submit()}
      okText="签入"
      okButtonProps={{ autoFocus: true }}
      cancelText="取消"
      confirmLoading={busy}
      width={560}
      destroyOnHidden
      afterOpenChange={(shown) => {
        setTried(false);
        if (!shown) change({ number: '' });
      }}
    >
      <form
        ref={form}
        className="sign-in"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <KindChoice kind={draft.kind} outside={phones.data?.outside ?? true} onChange={(kind) => change({ kind })} />
        <div className="sign-in-details">
          {draft.kind === 'browser' && <AudioFields />}
          {draft.kind === 'sip' && (
            <DeviceList
              devices={phones.data?.devices}
              chosen={draft.deviceId}
              onChoose={(deviceId) => change({ deviceId })}
            />
          )}
          {draft.kind === 'outside' && <OutsideFields draft={draft} onChange={change} />}
          {tried && missing && (
            <p className="field-error" role="alert">
              {missing}
            </p>
          )}
        </div>
        <label className="sign-in-auto" htmlFor="sign-in-auto">
          <Switch id="sign-in-auto" checked={draft.autoAnswer} onChange={(autoAnswer) => change({ autoAnswer })} />
          <span>
            自动应答 <small className="muted">{autoAnswerHint[draft.kind]}</small>
          </span>
        </label>
      </form>
    </Modal>
  );
}

const autoAnswerHint: Record<PhoneKind, string> = {
  browser: '来电响一声提示音后直接接通',
  sip: '话机支持时来电自动接通',
  outside: '外线电话由您本人接听',
};

type KindProps = { kind: PhoneKind; outside: boolean; onChange(kind: PhoneKind): void };

function KindChoice({ kind, outside, onChange }: KindProps) {
  return (
    <Radio.Group
      className="phone-kinds"
      value={kind}
      onChange={(event) => onChange(phoneKind.schema.parse(event.target.value))}
    >
      {phoneKind.values.map((each) => (
        <Radio key={each} value={each} disabled={each === 'outside' && !outside}>
          <b>{phoneKind.labels[each]}</b>
          <small>{each === 'outside' && !outside ? '没有出局中继' : kindHint[each]}</small>
        </Radio>
      ))}
    </Radio.Group>
  );
}

type OutsideProps = { draft: SignInDraft; onChange(change: Partial<SignInDraft>): void };

function OutsideFields({ draft, onChange }: OutsideProps) {
  return (
    <>
      <Form.Item label="接听号码" htmlFor="sign-in-number" layout="vertical" className="sign-in-number">
        <Input
          id="sign-in-number"
          inputMode="tel"
          autoComplete="off"
          placeholder="手机或座机号码，座机加区号"
          value={draft.number}
          onChange={(event) => onChange({ number: event.target.value })}
        />
      </Form.Item>
      <label className="sign-in-auto" htmlFor="sign-in-confirm">
        <Switch id="sign-in-confirm" checked={draft.confirmKey} onChange={(confirmKey) => onChange({ confirmKey })} />
        <span>
          接听时按 1 确认 <small className="muted">防止来电被语音信箱接走</small>
        </span>
      </label>
    </>
  );
}
