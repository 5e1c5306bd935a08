import { recordingState } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { may, useViewer } from '../../auth/viewer.ts';
import { RecordingPlayer } from '../../contacts/RecordingPlayer.tsx';
import { api } from '../../platform/api.ts';
import { errorCode } from '../../platform/errors.ts';
import { Failed } from '../../platform/Failed.tsx';
import '../../contacts/drawer.css';

/** The message that a caller left, for whoever has its centre in reach. */
export function MessageRecording({ id }: { id: string }) {
  const viewer = useViewer();
  const { data, error, refetch } = useQuery(api.messages.get.queryOptions({ input: { id }, retry: false }));
  if (error && errorCode(error) !== 'NOT_FOUND') return <Failed error={error} retry={refetch} />;
  if (!data?.recording) return null;
  const { recording, can } = data;
  if (!recording.url || !can.play) {
    const why = recording.url ? '没有播放录音的权限' : recordingState.labels[recording.state];
    return <p className="muted">留言录音：{why}</p>;
  }
  return (
    <div className="recording">
      <RecordingPlayer recording={recording} url={recording.url} download={may(viewer, 'recordings.download')} />
    </div>
  );
}
