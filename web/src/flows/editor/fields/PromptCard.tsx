import { SoundOutlined } from '@ant-design/icons';
import { client } from '../../../platform/api.ts';
import { ListenButton } from '../../../platform/ListenButton.tsx';
import { useOptions } from '../options.tsx';
import { useListeningHere } from './listening.ts';

/** A prompt of the library as the flow's unit hears it. */
export function PromptCard({ name }: { name: string }) {
  const { options } = useOptions();
  const { stateOf, toggle } = useListeningHere();
  const found = options?.prompts.find((each) => each.name === name);
  // One that isn't there is told among what is wrong.
  if (!found) return null;
  const { id, text, recorded, unit } = found;
  return (
    <div className="prompt-card">
      <SoundOutlined />
      <div>
        <b>{name}</b>
        <small>
          {recorded ? '录音' : '合成'} · {unit.name}
        </small>
        <p>{text}</p>
      </div>
      <ListenButton
        state={stateOf(id)}
        label={name}
        onClick={() => toggle(id, async () => (await client.prompts.listen({ id })).audio)}
      >
        试听
      </ListenButton>
    </div>
  );
}
