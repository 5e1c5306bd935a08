import { type SuperviseMode, superviseMode } from '@rexian/contracts';
import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { useDesk } from '../desk/DeskProvider.tsx';
import { client } from '../platform/api.ts';
import { Elapsed } from '../platform/Elapsed.tsx';
import { readableNumber } from '../platform/format.ts';
import './supervise.css';

const what: Record<SuperviseMode, string> = {
  listen: '双方都听不到您',
  whisper: '只有坐席听到您',
  barge: '双方都听到您',
};

/** While the leader takes part in a call: how, and out of it again. On every page, because the call goes on. */
export function SuperviseBar() {
  const { desk, act } = useDesk();
  const { modal } = App.useApp();
  const [busy, setBusy] = useState(false);
  const contact = desk?.contact;
  if (contact?.role !== 'supervisor' || contact.legState === 'ended') return null;
  const mode = contact.parties.find(({ me }) => me)?.mode ?? 'listen';
  const watched = contact.parties.find((party) => !party.me && party.role === 'lead' && party.state === 'talking');
  const run = async (verb: (sessionId: string) => Promise<unknown>) => {
    setBusy(true);
    await act(verb);
    setBusy(false);
  };
  const takeOver = () =>
    watched &&
    void modal.confirm({
      title: `接过 ${watched.name} 的通话？${watched.name} 将退出通话，由您继续服务来电人。`,
      okText: '接话',
      cancelText: '取消',
      onOk: () => run((sessionId) => client.supervision.takeOver({ sessionId, legId: watched.legId })),
    });
  const joined = contact.legState === 'talking';
  return (
    <section className="supervise-bar" aria-label="监控通话" data-mode={mode}>
      <b>{joined ? `正在${superviseMode.labels[mode]}` : '正在接通您的话机…'}</b>
      <span>
        {watched?.name ?? '坐席'} 与 <span className="num">{readableNumber(contact.callerNumber)}</span>
      </span>
      {contact.connectedAt && (
        <time className="num">
          <Elapsed since={contact.connectedAt} />
        </time>
      )}
      <Segmented<SuperviseMode>
        aria-label="监控方式"
        value={mode}
        disabled={!joined || busy || !watched}
        options={superviseMode.values.map((value) => ({
          value,
          label: superviseMode.labels[value],
          title: what[value],
        }))}
        onChange={(next) =>
          watched && run((sessionId) => client.supervision.join({ sessionId, legId: watched.legId, mode: next }))
        }
      />
      <span className="supervise-hint">{joined && what[mode]}</span>
      <Button disabled={!joined || busy || !watched} onClick={takeOver}>
        接话
      </Button>
      <Button
        danger
        type="primary"
        disabled={busy}
        onClick={() => run((sessionId) => client.supervision.leave({ sessionId }))}
      >
        结束监控
      </Button>
    </section>
  );
}
