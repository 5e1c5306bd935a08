import { failureText } from '@rexian/softphone';
import { Alert, Button } from 'antd';
import { useDesk } from './DeskProvider.tsx';
import { deskSession } from './session.ts';

/** What keeps the agent from hearing or being heard, with the way out. */
export function PhoneProblems() {
  const { own } = useDesk();
  if (own.phase !== 'signed_in') return null;
  if (own.microphone) {
    return (
      <Alert
        banner
        type="error"
        title={failureText[own.microphone]}
        action={
          <Button size="small" onClick={() => void deskSession.checkMicrophone()}>
            重新检测
          </Button>
        }
      />
    );
  }
  if (own.problem === 'microphone_lost') {
    return <Alert banner type="error" title="麦克风已断开，对方听不到您：请插好耳麦，必要时挂机后回拨" />;
  }
  if (own.problem === 'sound_blocked') {
    return <Alert banner type="warning" title="浏览器暂未允许播放声音：请点击页面任意处" />;
  }
  return null;
}
