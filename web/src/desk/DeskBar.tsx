import { PhoneBar } from './PhoneBar.tsx';
import { PhoneLamp } from './PhoneLamp.tsx';
import { PhoneProblems } from './PhoneProblems.tsx';
import { StateBar } from './StateBar.tsx';
import { WaitingCalls } from './WaitingCalls.tsx';
import './bar.css';

/** State bar and phone bar: on top of every page of those who take calls. */
export function DeskBar() {
  return (
    <>
      <section className="desk-bar" aria-label="坐席状态与电话">
        <StateBar />
        <PhoneBar />
        <div className="desk-bar-end">
          <WaitingCalls />
          <PhoneLamp />
        </div>
      </section>
      <PhoneProblems />
    </>
  );
}
