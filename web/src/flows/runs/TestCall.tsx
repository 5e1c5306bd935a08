import { PhoneOutlined } from '@ant-design/icons';
import { testCallerNumber } from '@rexian/contracts';
import { isActive } from '@rexian/softphone';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Tooltip } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { HangUpIcon } from '../../desk/HangUpIcon.tsx';
import { LineQuality } from '../../desk/LineQuality.tsx';
import { optional } from '../../forms/rule.ts';
import { api } from '../../platform/api.ts';
import { Elapsed } from '../../platform/Elapsed.tsx';
import { errorText } from '../../platform/errors.ts';
import { useStore } from '../../platform/store.ts';
import type { ToolProps } from '../editor/tool.ts';
import { FloatingPanel } from './FloatingPanel.tsx';
import { StepList } from './StepList.tsx';
import { type TestCallState, TestPhone } from './testCall.ts';
import { useLaidOver } from './useLaidOver.ts';
import { indexOfFlow, marksOf } from './way.ts';
import '../../desk/bar.css';
import './runs.css';

/** Calls the flow as it is now, from this page; the way is lit on the drawing. */
export function TestCall(props: ToolProps) {
  const { flow, saved } = props;
  const [open, setOpen] = useState(false);
  if (!flow.can.change) return null;
  return (
    <>
      <Tooltip title={saved ? '' : '保存后即可试拨'}>
        <Button icon={<PhoneOutlined />} disabled={!open && !saved} onClick={() => setOpen(!open)} aria-expanded={open}>
          试拨
        </Button>
      </Tooltip>
      {open && <Panel {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function Panel({ flow, saved, document, showMarks, select, onClose }: ToolProps & { onClose(): void }) {
  const [phone] = useState(() => new TestPhone());
  const state = useStore(phone.state);
  const active = state.opening || isActive(state.call);
  useEffect(() => () => phone.close(), [phone]);
  const { path, error } = usePath(state);
  const index = path && indexOfFlow(path, flow.id);
  const marks = useMemo(
    () => (path && index !== null && index !== undefined ? marksOf(path, index, document) : null),
    [path, index, document],
  );
  useLaidOver(showMarks, marks);
  return (
    <FloatingPanel title="试拨" name="test-call" onClose={onClose}>
      <Dialler
        busy={active}
        disabled={!saved}
        onDial={(callerNumber) => void phone.dial({ id: flow.id, revision: flow.revision, callerNumber })}
        onHangUp={() => phone.hangUp()}
      />
      <p className="test-call-state" role="status" data-call={state.call.state}>
        {words(state)}
        {state.call.state === 'talking' && (
          <span className="num">
            <Elapsed since={new Date(state.call.since)} />
          </span>
        )}
        {state.call.state === 'talking' && <LineQuality read={phone.statistics} />}
      </p>
      {state.error && <Alert type="error" showIcon title={state.error} />}
      {error && <Alert type="warning" showIcon title={`轨迹读取失败：${errorText(error)}`} />}
      {state.problem === 'sound_blocked' && (
        <Button block onClick={() => phone.unlockSound()}>
          浏览器禁止了声音，点击这里开启
        </Button>
      )}
      <Keys enabled={state.call.state === 'talking'} pressed={state.keys} onPress={(key) => phone.press(key)} />
      {path && path.steps.length > 0 && (
        <StepList
          path={path}
          current={path.steps.length - 1}
          onSelect={(_, step) => step.flow === index && select(step.node)}
        />
      )}
    </FloatingPanel>
  );
}

/** The way so far: asked for when the ledger says that something happened (useRealtime), and now and then, should that be lost. */
function usePath({ contactId }: TestCallState) {
  const { data, error } = useQuery(
    api.flowRuns.path.queryOptions({
      input: { id: contactId ?? '' },
      enabled: contactId !== null,
      refetchInterval: ({ state }) => (state.data?.end ? false : 1_000),
      placeholderData: keepPreviousData,
    }),
  );
  return contactId === null ? { path: null, error: null } : { path: data ?? null, error };
}

function words({ opening, call }: TestCallState): string {
  if (opening) return '正在准备…';
  if (call.state === 'dialling') return '正在接通…';
  if (call.state === 'talking') return '通话中';
  if (call.state === 'ended') return '已挂断';
  return '按“拨打”后，用本机麦克风和扬声器体验当前草稿';
}

const callerRule = optional(testCallerNumber);

interface DiallerProps {
  busy: boolean;
  /** What is on the screen isn't stored yet. */
  disabled: boolean;
  onDial(callerNumber: string): void;
  onHangUp(): void;
}

function Dialler({ busy, disabled, onDial, onHangUp }: DiallerProps) {
  return (
    <Form<{ callerNumber?: string }>
      className="test-call-dial"
      onFinish={({ callerNumber }) => onDial(callerNumber?.trim() ?? '')}
    >
      <Form.Item name="callerNumber" rules={[callerRule]} extra="流程中的短信会发到该号码">
        <Input placeholder="主叫号码，留空为匿名" maxLength={15} allowClear disabled={busy} aria-label="主叫号码" />
      </Form.Item>
      {busy ? (
        // Another element than the other button: the click that ends a call must not submit the form.
        <Button key="hang-up" danger type="primary" icon={<HangUpIcon />} onClick={onHangUp}>
          挂机
        </Button>
      ) : (
        <Button key="dial" type="primary" htmlType="submit" icon={<PhoneOutlined />} disabled={disabled}>
          拨打
        </Button>
      )}
    </Form>
  );
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** Buttons only: the keyboard belongs to the drawing. */
function Keys({ enabled, pressed, onPress }: { enabled: boolean; pressed: string; onPress(key: string): void }) {
  return (
    <div className="keypad">
      <output className="num" aria-label="已按的键">
        {pressed.slice(-20) || '\u00a0'}
      </output>
      {KEYS.map((key) => (
        <Button key={key} disabled={!enabled} onClick={() => onPress(key)} aria-label={`按键 ${key}`}>
          {key}
        </Button>
      ))}
    </div>
  );
}
