import { InboxOutlined } from '@ant-design/icons';
import { AUDIO_MAX_BYTES, type Prompt } from '@rexian/contracts';
import { App, Button, Upload } from 'antd';
import { client } from '../platform/api.ts';
import { duration, fileSize } from '../platform/format.ts';
import { ListenButton } from '../platform/ListenButton.tsx';
import type { useListening } from '../platform/useListening.ts';
import { Recorder } from './Recorder.tsx';

/** What becomes of the recording when the form is saved. */
export type RecordingChange = { file: File } | 'drop' | 'being recorded' | null;

type Props = {
  /** null: a new one. */
  prompt: Prompt | null;
  value?: RecordingChange;
  onChange?(change: RecordingChange): void;
  listening: ReturnType<typeof useListening>;
};

/** A recording in place of the spoken text: a file, or from the microphone. It is kept with 保存. */
export function RecordingField({ prompt, value = null, onChange = () => undefined, listening }: Props) {
  const { message } = App.useApp();
  const choose = (file: File) => {
    if (file.size > AUDIO_MAX_BYTES) void message.error('文件超过 20 MB');
    else {
      listening.stop();
      onChange({ file });
    }
  };
  const kept = value === null ? (prompt?.recording ?? null) : null;
  const chosen = value !== null && typeof value === 'object' ? value.file : null;
  return (
    <div className="prompt-recording">
      {prompt && kept && (
        <div className="prompt-recorded">
          <span>已录音</span>
          <ListenButton
            state={listening.stateOf('kept')}
            label="录音"
            onClick={() => listening.toggle('kept', async () => (await client.prompts.listen({ id: prompt.id })).audio)}
          >
            {duration(kept.durationMs)}
          </ListenButton>
          <Button type="link" size="small" danger onClick={() => onChange('drop')}>
            删除录音
          </Button>
        </div>
      )}
      {value === 'drop' && (
        <div className="prompt-recorded">
          <span>保存后删除录音，改为播放合成语音</span>
          <Button type="link" size="small" onClick={() => onChange(null)}>
            撤销
          </Button>
        </div>
      )}
      {chosen && (
        <div className="prompt-recorded" data-testid="chosen-recording">
          <span className="prompt-file">
            {chosen.name}（{fileSize(chosen.size)}）
          </span>
          <ListenButton
            state={listening.stateOf('chosen')}
            label={chosen.name}
            onClick={() => listening.toggle('chosen', () => chosen)}
          >
            试听
          </ListenButton>
          <Button type="link" size="small" onClick={() => onChange(null)}>
            撤销
          </Button>
        </div>
      )}
      <Recorder
        again={chosen !== null}
        onStart={() => onChange('being recorded')}
        onRecorded={(file) => (file ? choose(file) : onChange(null))}
      />
      <Upload.Dragger
        accept="audio/*,.wav,.mp3,.m4a,.aac,.ogg,.opus,.flac,.amr,.wma"
        showUploadList={false}
        beforeUpload={(file) => {
          choose(file);
          return false;
        }}
      >
        <InboxOutlined /> 拖入音频文件，或点击选择（常见格式，20 MB 以内）
      </Upload.Dragger>
    </div>
  );
}
