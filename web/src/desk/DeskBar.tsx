import { useLocation } from 'react-router';
import { livesAtDesk, useViewer } from '../auth/viewer.ts';
import { AutoAnswer } from './AutoAnswer.tsx';
import { useDesk } from './DeskProvider.tsx';
import { LineQuality } from './LineQuality.tsx';
import { Messages } from './Messages.tsx';
import { PhoneBar } from './PhoneBar.tsx';
import { PhoneLamp } from './PhoneLamp.tsx';
import { PhoneProblems } from './PhoneProblems.tsx';
import { StateBar } from './StateBar.tsx';
import { deskSession } from './session.ts';
import { WaitingCalls } from './WaitingCalls.tsx';
import './bar.css';

const readLine = () => deskSession.phone?.statistics() ?? Promise.resolve(null);

/** State bar and phone bar: on top of every page of those who take calls. */
export function DeskBar() {
  const { own } = useDesk();
  const { pathname } = useLocation();
  const viewer = useViewer();
  // For the others the bar appears once they go to the desk or sign in.
  if (own.phase === 'signed_out' && pathname !== '/desk' && !livesAtDesk(viewer)) return null;
  return (
    <>
      <section className="desk-bar" aria-label="坐席状态与电话">
        <StateBar />
        <PhoneBar />
        <div className="desk-bar-end">
          <div>
            <WaitingCalls />
            <AutoAnswer />
          </div>
          <div>
            <PhoneLamp />
            {own.call.state === 'talking' && <LineQuality read={readLine} />}
          </div>
        </div>
      </section>
      <Messages />
      <PhoneProblems />
    </>
  );
}
