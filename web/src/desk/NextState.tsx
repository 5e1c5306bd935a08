import { DownOutlined, LockOutlined } from '@ant-design/icons';
import { chosenReason, type Desk, nextState, notReadyReason } from '@rexian/contracts';
import { Button, Dropdown, Tooltip } from 'antd';
import { client } from '../platform/api.ts';
import { useDesk } from './DeskProvider.tsx';
import { reasonOf, restLabel, useRestReasons } from './restReasons.ts';

type Session = NonNullable<Desk['session']>;
const REST = 'rest:';

/** 话后: what comes after the call at hand. Stands where 示闲 and 示忙 stand between calls. */
export function NextState({ session }: { session: Session }) {
  const { act } = useDesk();
  const reasons = useRestReasons();
  const forced = forcedText(session.next);
  const items = [
    { key: 'queue', label: '按技能组设置' },
    { key: 'ready', label: nextState.labels.ready },
    { type: 'divider' as const },
    ...reasons.map((each) => ({ key: REST + each.reason, label: `示忙：${restLabel(each)}` })),
    { type: 'divider' as const },
    { key: 'signed_out', label: nextState.labels.signed_out },
  ];
  return (
    <Tooltip title={forced}>
      <div className="state-buttons next-state">
        <Dropdown
          trigger={['click']}
          disabled={!session.can.next}
          menu={{
            items,
            selectedKeys: [keyOf(session.next)],
            onClick: ({ key }) => void act((sessionId) => client.desk.setNext({ sessionId, next: nextOf(key) })),
          }}
        >
          <Button disabled={!session.can.next} data-next={keyOf(session.next)}>
            <span className="muted">话后</span> {labelOf(session.next)} {forced ? <LockOutlined /> : <DownOutlined />}
          </Button>
        </Dropdown>
      </div>
    </Tooltip>
  );
}

function keyOf(next: Session['next']): string {
  if (!next) return 'queue';
  return next.state === 'not_ready' ? REST + (next.reason ?? '') : next.state;
}

/** That a leader has decided what comes next; null: nobody has. */
export function forcedText(next: Session['next']): string | null {
  if (!next?.forcedBy) return null;
  const { data: reason } = chosenReason.schema.safeParse(next.reason);
  const after = `${afterwards[next.state]}${reason ? `（${chosenReason.labels[reason]}）` : ''}`;
  return `${next.forcedBy}已设定：结束后${after}，暂不能更改`;
}
const afterwards = { ready: '示闲', not_ready: '示忙', signed_out: '签出' } as const;

function labelOf(next: Session['next']): string {
  if (!next) return '按设置';
  return next.state === 'not_ready' && next.reason ? notReadyReason.labels[next.reason] : nextState.labels[next.state];
}

function nextOf(key: string) {
  if (key.startsWith(REST)) return { state: 'not_ready', reason: reasonOf(key.slice(REST.length)) } as const;
  if (key === 'ready') return { state: 'ready' } as const;
  return key === 'signed_out' ? ({ state: 'signed_out' } as const) : null;
}
