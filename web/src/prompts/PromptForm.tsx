import { type Prompt, promptName, promptText } from '@rexian/contracts';
import { Form, Input } from 'antd';
import { useRef } from 'react';
import { useViewer } from '../auth/viewer.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { ListenButton } from '../platform/ListenButton.tsx';
import { useListening } from '../platform/useListening.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { type RecordingChange, RecordingField } from './RecordingField.tsx';

interface Values {
  unitId: string;
  name: string;
  text: string;
  recording: RecordingChange;
}

export const touches = [api.prompts.key()];
const requiredPromptText = promptText.min(1, '请输入文字');

const valuesOf = ({ unit, name, text }: Prompt) => ({ unitId: unit.id, name, text });

/** null: a new one. */
export function PromptForm({ prompt, onClose }: { prompt: Prompt | null; onClose(): void }) {
  const viewer = useViewer();
  const [form] = Form.useForm<Values>();
  const text = Form.useWatch('text', form) ?? prompt?.text ?? '';
  const listening = useListening();
  const save = useSave(prompt);
  const canHear = requiredPromptText.safeParse(text).success;
  return (
    <FormDrawer<Values>
      title={prompt ? `修改语音“${prompt.name}”` : '新增语音'}
      size={560}
      form={form}
      initial={{ unitId: viewer.unit.id, recording: null, ...(prompt && valuesOf(prompt)) }}
      busy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values, { onSuccess: onClose })}
      onClose={onClose}
    >
      {!prompt && (
        <Form.Item name="unitId" label="机构" extra="本机构及下级机构的流程可以使用。" rules={[chosen('请选择机构')]}>
          <UnitSelect />
        </Form.Item>
      )}
      <Form.Item name="name" label="名称" rules={[rule(promptName)]}>
        <Input maxLength={60} placeholder="例如：欢迎词" />
      </Form.Item>
      <Form.Item name="text" label="文字" rules={[rule(requiredPromptText)]} extra="没有录音时，由系统朗读这段文字。">
        <Input.TextArea maxLength={1000} showCount autoSize={{ minRows: 4, maxRows: 12 }} />
      </Form.Item>
      <div className="prompt-hear">
        <ListenButton
          state={listening.stateOf('text')}
          label="文字"
          disabled={!canHear}
          onClick={() => listening.toggle('text', async () => (await client.prompts.preview({ text })).audio)}
        >
          试听文字
        </ListenButton>
      </div>
      <h3 className="prompt-part">录音（可选，代替合成语音）</h3>
      <Form.Item name="recording" rules={[{ validator: notRecording }]}>
        <RecordingField prompt={prompt} listening={listening} />
      </Form.Item>
    </FormDrawer>
  );
}

const notRecording = async (_: unknown, value: RecordingChange) => {
  if (value === 'being recorded') throw new Error('请先停止录音');
};

/** Text first, then the recording; when only that fails, saving again goes on from there. */
function useSave(prompt: Prompt | null) {
  const saved = useRef<Prompt | null>(prompt);
  const run = async ({ unitId, name, text, recording }: Values) => {
    const before = saved.current;
    if (!before) saved.current = await client.prompts.create({ unitId, name, text });
    else if (before.name !== name || before.text !== text)
      saved.current = await client.prompts.change({ id: before.id, revision: before.revision, name, text });
    const at = saved.current;
    if (!at || recording === null) return at;
    const { id, revision } = at;
    if (typeof recording === 'object')
      saved.current = await client.prompts.upload({ id, revision, file: recording.file });
    else if (at.recording) saved.current = await client.prompts.dropRecording({ id, revision });
    return saved.current;
  };
  return useChange({ run, touches, done: '已保存' });
}
