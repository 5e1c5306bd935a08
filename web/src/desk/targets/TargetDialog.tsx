import type { CallTarget } from '@rexian/contracts';
import { Alert, App, Button, Input, Modal, Select, Tabs } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { useDesk } from '../DeskProvider.tsx';
import { TargetList } from './TargetList.tsx';
import {
  meantRow,
  nextChoosable,
  type Purpose,
  type TargetRow,
  type TargetTab,
  tabsOf,
  targetRows,
} from './targetRows.ts';
import { useEntered, useTargets } from './useTargets.ts';
import './targets.css';

const words: Record<Purpose, { title: string; ok: string; note: boolean }> = {
  transfer: { title: '转接', ok: '转接', note: true },
  consult: { title: '磋商', ok: '呼叫', note: true },
  add_member: { title: '加入成员', ok: '邀请', note: false },
};

/** Whom? One field for everything, keyboard first; null closes it. */
export function TargetDialog({ purpose, onClose }: { purpose: Purpose | null; onClose(): void }) {
  return (
    <Modal
      title={purpose ? words[purpose].title : ''}
      open={purpose !== null}
      onCancel={onClose}
      footer={null}
      width={640}
      destroyOnHidden
      focusable={{ focusTriggerAfterClose: false }}
    >
      {purpose && <TargetChoice key={purpose} purpose={purpose} onClose={onClose} />}
    </Modal>
  );
}

function TargetChoice({ purpose, onClose }: { purpose: Purpose; onClose(): void }) {
  const [text, setText] = useState('');
  const [tab, setTab] = useState<TargetTab>('all');
  const [chosen, setChosen] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [shownNumberId, setShownNumberId] = useState<string | null>(null);
  const { send, busy } = useSend(purpose, onClose);
  const { message } = App.useApp();
  const { data, isPending, ...answer } = useTargets(text);
  const rows = targetRows(data, { purpose, tab, text });
  const found = rows.findIndex(({ key, reason }) => key === chosen && reason === null);
  const current = found >= 0 ? found : nextChoosable(rows, 0, 1);
  const tabs = tabsOf(purpose);

  const confirm = (row: TargetRow | undefined) => {
    if (!row || row.reason !== null) return;
    const target = row.target.kind === 'number' && shownNumberId ? { ...row.target, shownNumberId } : row.target;
    void send(target, note);
  };
  // Before the list answers what was typed it isn't known who is meant: a number can be a colleague's.
  const entered = useEntered({
    ...answer,
    onFresh() {
      const meant = meantRow(rows, text);
      if (meant === 'several') void message.info('符合的对象不止一个，请选择');
      else if (meant === null) void message.info('没有可选的对象');
      else confirm(meant);
    },
    onGivenUp: (why) => void message.error(`尚未${words[purpose].ok}，名单读取失败：${why}`),
  });
  const enter = () => {
    if (answer.fresh || found >= 0) confirm(rows[current]);
    else entered.wait();
  };
  const press = (event: KeyboardEvent) => {
    const move = (step: 1 | -1) => {
      const next = nextChoosable(rows, current + step, step);
      if (next >= 0) setChosen(rows[next]?.key ?? null);
    };
    const turn = (step: 1 | -1) => {
      const at = tabs.findIndex(({ key }) => key === tab);
      setTab(tabs[(at + step + tabs.length) % tabs.length]?.key ?? 'all');
    };
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'PageDown') turn(1);
    else if (event.key === 'PageUp') turn(-1);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) enter();
    else return;
    event.preventDefault();
  };
  const toNumber = rows[current]?.kind === 'number';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows and Enter work in every field of the dialog
    <div className="targets" onKeyDown={press} data-purpose={purpose}>
      <Input
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(null);
          entered.forget();
        }}
        placeholder="姓名、坐席号、技能组、中心或外线号码"
        aria-label="查找对象"
        allowClear
      />
      <Tabs size="small" activeKey={tab} items={tabs} onChange={(key) => setTab(key as TargetTab)} tabIndex={-1} />
      {answer.error && <Alert type="error" showIcon title={`名单读取失败：${errorText(answer.error)}`} />}
      <TargetList rows={rows} current={current} grouped={tab === 'all'} pending={isPending} onConfirm={confirm} />
      <div className="target-foot">
        {toNumber ? (
          <Select
            aria-label="显示号码"
            placeholder="显示号码：与本次来电相同"
            allowClear
            value={shownNumberId}
            onChange={(id) => setShownNumberId(id ?? null)}
            options={
              data?.shownNumbers.map(({ id, number, name }) => ({ value: id, label: `${name} ${number}` })) ?? []
            }
          />
        ) : words[purpose].note ? (
          <Input
            value={note}
            maxLength={200}
            onChange={(event) => setNote(event.target.value)}
            placeholder="给接听人的备注（选填）"
            aria-label="给接听人的备注"
          />
        ) : (
          <span />
        )}
        <Button type="primary" disabled={answer.fresh && current < 0} loading={busy || entered.waits} onClick={enter}>
          {words[purpose].ok} <kbd>Enter</kbd>
        </Button>
      </div>
      <p className="muted target-keys">↑ ↓ 选择　PgUp PgDn 换类　Enter 确认　Esc 关闭</p>
    </div>
  );
}

function useSend(purpose: Purpose, onClose: () => void) {
  const { act } = useDesk();
  const [busy, setBusy] = useState(false);
  const send = async (target: CallTarget, note: string) => {
    if (busy) return;
    setBusy(true);
    const done = await act((sessionId) => {
      if (purpose === 'transfer') return client.desk.transfer({ sessionId, target, note });
      if (target.kind !== 'agent' && target.kind !== 'number') throw new Error(`no person: ${target.kind}`);
      return purpose === 'consult'
        ? client.desk.consult({ sessionId, target, note })
        : client.desk.addMember({ sessionId, target });
    });
    setBusy(false);
    if (done) onClose();
  };
  return { send, busy };
}
