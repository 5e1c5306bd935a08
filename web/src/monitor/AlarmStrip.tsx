import { BellOutlined, SoundOutlined } from '@ant-design/icons';
import type { BoardAgent, BoardQueue } from '@rexian/contracts';
import { Switch } from 'antd';
import { useEffect, useRef } from 'react';
import { useServerNow } from '../platform/clock.ts';
import { duration } from '../platform/format.ts';
import { useStore } from '../platform/store.ts';
import { beep, soundOn, switchSound } from './alarmSound.ts';
import { alarmsOf, type ShownAlarm } from './alarms.ts';
import type { BoardFilter } from './filters.ts';

/** More than fit on a screen are counted only. */
const SHOWN = 30;

interface Props {
  agents: BoardAgent[];
  queues: BoardQueue[];
  onChoose(change: Partial<BoardFilter>): void;
}

/** What must be looked at now, worst first; always there, so that nothing jumps when one comes. */
export function AlarmStrip({ agents, queues, onChoose }: Props) {
  const now = useServerNow();
  const alarms = alarmsOf(agents, queues, now);
  const sound = useStore(soundOn);
  useBeep(alarms, sound);
  return (
    <section className="panel alarms" aria-label="告警" data-some={alarms.length > 0 || undefined}>
      <b className="alarm-count">
        <BellOutlined /> 告警 {alarms.length}
      </b>
      <ul>
        {alarms.slice(0, SHOWN).map((alarm) => (
          <li key={alarm.key}>
            <button type="button" data-kind={alarm.kind} onClick={() => onChoose(choiceOf(alarm))}>
              {alarm.label} · {alarm.about} <time className="num">{duration(now - alarm.from.getTime())}</time>
            </button>
          </li>
        ))}
        {alarms.length === 0 && <li className="muted">当前没有告警</li>}
        {alarms.length > SHOWN && <li className="muted">等 {alarms.length} 项</li>}
      </ul>
      <span className="alarm-sound">
        <SoundOutlined /> 声音
        <Switch size="small" aria-label="告警声音" checked={sound} onChange={switchSound} />
      </span>
    </section>
  );
}

/** Shows the agent or the queue alone. */
function choiceOf({ agent, queue }: ShownAlarm): Partial<BoardFilter> {
  if (queue) return { view: 'overview', queueId: queue.id, text: '', states: [] };
  const text = agent?.person.agentNumber ?? agent?.person.name ?? '';
  return { view: 'overview', queueId: null, text, states: [] };
}

/** Sounds once for every alarm that wasn't there before; those found on coming to the page are seen, not heard. */
function useBeep(alarms: ShownAlarm[], on: boolean): void {
  const known = useRef<ReadonlySet<string> | null>(null);
  const keys = alarms.map(({ key }) => key).join('\n');
  useEffect(() => {
    const now = new Set(keys ? keys.split('\n') : []);
    const fresh = known.current && [...now].some((key) => !known.current?.has(key));
    known.current = now;
    if (fresh && on) beep();
  }, [keys, on]);
}
