import { type ContactDetail, type Recording, recordingKind, recordingState } from '@rexian/contracts';
import { Tag } from '../platform/Tag.tsx';
import { RecordingPlayer } from './RecordingPlayer.tsx';

type Waiting = Exclude<Recording['state'], 'stored'>;
const waitingText: Record<Recording['kind'], Record<Waiting, string>> = {
  talk: {
    recording: '通话录音进行中，通话结束后可播放。',
    pending: '录音正在转换，通常一分钟内可播放，完成后自动显示。',
    missing: '本段通话没有录音，已报警，请联系管理员。',
  },
  voicemail: {
    recording: '来电人正在留言，结束后可播放。',
    pending: '留言正在转换，通常一分钟内可播放，完成后自动显示。',
    missing: '留言没有录下，已报警，请联系管理员。',
  },
};

export function Recordings({ contact }: { contact: ContactDetail }) {
  if (contact.recordings.length === 0) return null;
  return (
    <section>
      <h3>录音</h3>
      {contact.recordings.map((recording) => {
        const leg = contact.legs.find((each) => each.id === recording.legId);
        const title = recording.kind === 'voicemail' ? recordingKind.labels.voicemail : leg?.name;
        const titled = recording.kind === 'voicemail' || contact.recordings.length > 1;
        return (
          <article key={recording.id} className="recording" data-recording={recording.state} data-kind={recording.kind}>
            {titled && <header className="muted">{title}</header>}
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
        {waitingText[recording.kind][recording.state]}
      </p>
    );
  }
  if (!can.play || !recording.url) return <p className="recording-note muted">没有播放录音的权限。</p>;
  return <RecordingPlayer recording={recording} url={recording.url} download={can.download} />;
}
