import { type ContactDetail, type Recording, recordingState } from '@rexian/contracts';
import { Tag } from '../platform/Tag.tsx';
import { RecordingPlayer } from './RecordingPlayer.tsx';

const waitingText: Record<Exclude<Recording['state'], 'stored'>, string> = {
  recording: '通话录音进行中，通话结束后可播放。',
  pending: '录音正在转换，通常一分钟内可播放，完成后自动显示。',
  missing: '本段通话没有录音，已报警，请联系管理员。',
};

export function Recordings({ contact }: { contact: ContactDetail }) {
  if (contact.recordings.length === 0) return null;
  return (
    <section>
      <h3>录音</h3>
      {contact.recordings.map((recording) => {
        const leg = contact.legs.find((each) => each.id === recording.legId);
        return (
          <article key={recording.id} className="recording" data-recording={recording.state}>
            {contact.recordings.length > 1 && <header className="muted">{leg?.person.name}</header>}
            <Body recording={recording} can={contact.can} />
          </article>
        );
      })}
    </section>
  );
}

function Body({ recording, can }: { recording: Recording; can: ContactDetail['can'] }) {
  if (recording.state !== 'stored') {
    return (
      <p className="recording-note">
        <Tag tone={recording.state === 'missing' ? 'fault' : 'waiting'}>{recordingState.labels[recording.state]}</Tag>
        {waitingText[recording.state]}
      </p>
    );
  }
  if (!can.play || !recording.url) return <p className="recording-note muted">没有播放录音的权限。</p>;
  return <RecordingPlayer recording={recording} url={recording.url} download={can.download} />;
}
