import { endReason, type LostCall, lostCallState } from '@rexian/contracts';
import { Button, type TableColumnType } from 'antd';
import { dateTime } from '../platform/format.ts';
import { personName } from '../platform/personName.ts';
import { Tag } from '../platform/Tag.tsx';
import { CallBackButton } from './CallBackButton.tsx';
import { LostNumber } from './LostNumber.tsx';
import { lostTone } from './tones.ts';

export interface LostCallActions {
  onHistory(call: LostCall): void;
  onAssign(calls: LostCall[]): void;
  onTakeBack(call: LostCall): void;
  onClose(call: LostCall): void;
}

const told: TableColumnType<LostCall>[] = [
  { title: '最近呼损', dataIndex: 'lastAt', width: 130, render: (at: Date) => dateTime(at) },
  { title: '主叫号码', key: 'number', width: 158, render: (_, call) => <LostNumber call={call} /> },
  { title: '机构', key: 'unit', width: 120, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '技能组', key: 'queue', width: 110, ellipsis: true, render: (_, { queue }) => queue?.name ?? '—' },
  { title: '次数', dataIndex: 'calls', width: 60, align: 'right' },
  { title: '呼损原因', key: 'reason', width: 110, render: (_, call) => endReason.labels[call.endReason] },
  {
    title: '状态',
    key: 'state',
    width: 150,
    render: (_, { state }) => <Tag tone={lostTone[state]}>{lostCallState.labels[state]}</Tag>,
  },
  {
    title: '分派给',
    key: 'assignedTo',
    width: 120,
    ellipsis: true,
    render: (_, { assignedTo }) => (assignedTo ? personName(assignedTo) : '—'),
  },
  {
    title: '已回拨',
    key: 'attempts',
    width: 140,
    render: (_, { attempts, lastAttemptAt }) =>
      attempts > 0 && lastAttemptAt ? `${attempts} 次，${dateTime(lastAttemptAt)}` : '—',
  },
  { title: '说明', dataIndex: 'remark', width: 160, ellipsis: true, render: (remark: string) => remark || '—' },
];

export function lostCallColumns(actions: LostCallActions): TableColumnType<LostCall>[] {
  return [
    ...told,
    {
      title: '操作',
      key: 'actions',
      width: 250,
      fixed: 'right',
      render: (_, call) => <Actions {...actions} call={call} />,
    },
  ];
}

function Actions({ call, onHistory, onAssign, onTakeBack, onClose }: LostCallActions & { call: LostCall }) {
  return (
    <>
      <CallBackButton whom={{ lostCallId: call.id }} can={call.can.call} />
      {call.can.assign && call.assignedTo && (
        <Button type="link" size="small" onClick={() => onTakeBack(call)}>
          收回
        </Button>
      )}
      {call.can.assign && !call.assignedTo && (
        <Button type="link" size="small" onClick={() => onAssign([call])}>
          分派
        </Button>
      )}
      {call.can.close && (
        <Button type="link" size="small" onClick={() => onClose(call)}>
          无需回拨
        </Button>
      )}
      <Button type="link" size="small" onClick={() => onHistory(call)}>
        记录
      </Button>
    </>
  );
}
