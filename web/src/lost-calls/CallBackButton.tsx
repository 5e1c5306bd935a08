import { PhoneOutlined } from '@ant-design/icons';
import { Button, type ButtonProps, Tooltip } from 'antd';
import { may, useViewer } from '../auth/viewer.ts';
import { useDesk } from '../desk/DeskProvider.tsx';
import { client } from '../platform/api.ts';
import type { Dialled } from '../platform/dialling.tsx';

type Props = { whom: Dialled; can: boolean } & Pick<ButtonProps, 'type' | 'size'>;

/** Calls the caller with one click, from the agent's own desk; greyed out with the reason while the desk can't. */
export function CallBackButton({ can, ...props }: Props) {
  return may(useViewer(), 'desk.use') && can ? <AtDesk {...props} /> : null;
}

function AtDesk({ whom, type = 'link', size = 'small' }: Omit<Props, 'can'>) {
  const { desk, own, act } = useDesk();
  const session = own.phase === 'signed_in' ? desk?.session : null;
  const why = session ? session.whyNoDial : '请先在坐席工作台签入';
  return (
    <Tooltip title={why}>
      <Button
        type={type}
        size={size}
        icon={<PhoneOutlined />}
        aria-label="回拨"
        disabled={why !== null}
        onClick={() => void act((sessionId) => client.desk.dial({ sessionId, ...whom }))}
      >
        回拨
      </Button>
    </Tooltip>
  );
}
