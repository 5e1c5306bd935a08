import { PhoneOutlined } from '@ant-design/icons';
import type { LostCall } from '@rexian/contracts';
import { Button, Tooltip } from 'antd';
import { may, useViewer } from '../auth/viewer.ts';
import { useDesk } from '../desk/DeskProvider.tsx';
import { client } from '../platform/api.ts';

/** Calls the caller with one click, from the agent's own desk; greyed out with the reason while the desk can't. */
export function CallBackButton({ call }: { call: LostCall }) {
  return may(useViewer(), 'desk.use') && call.can.call ? <AtDesk call={call} /> : null;
}

function AtDesk({ call }: { call: LostCall }) {
  const { desk, own, act } = useDesk();
  const session = own.phase === 'signed_in' ? desk?.session : null;
  const why = session ? session.whyNoDial : '请先在坐席工作台签入';
  return (
    <Tooltip title={why}>
      <Button
        type="link"
        size="small"
        icon={<PhoneOutlined />}
        aria-label="回拨"
        disabled={why !== null}
        onClick={() => void act((sessionId) => client.desk.dial({ sessionId, lostCallId: call.id }))}
      >
        回拨
      </Button>
    </Tooltip>
  );
}
