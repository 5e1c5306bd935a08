import { SoundOutlined } from '@ant-design/icons';
import { type AudioDevice, attention, canChooseSpeaker } from '@rexian/softphone';
import { Button, Select } from 'antd';
import { useStore } from '../../platform/store.ts';
import { pageTones } from '../pageTones.ts';
import { audioChoice, chooseAudio } from './audioChoice.ts';
import { MicrophoneLevel } from './MicrophoneLevel.tsx';
import { useAudioDevices } from './useAudioDevices.ts';
import './audio.css';

const SYSTEM = '';
const optionsOf = (devices: AudioDevice[]) => [
  { value: SYSTEM, label: '系统默认' },
  ...devices.map(({ id, label }) => ({ value: id, label })),
];
/** A device that was chosen but is not plugged in: the system's is used meanwhile. */
const present = (chosen: string | null, devices: AudioDevice[]) =>
  chosen && devices.some(({ id }) => id === chosen) ? chosen : SYSTEM;

/** Microphone and speaker, each with its proof: a moving bar, a tone. */
export function AudioFields() {
  const choice = useStore(audioChoice);
  const { devices, refresh } = useAudioDevices();
  const playTone = async () => {
    await pageTones.setSpeaker(choice.speaker);
    pageTones.once(attention);
  };
  return (
    <div className="audio-fields">
      <label htmlFor="audio-microphone">麦克风</label>
      <Select
        id="audio-microphone"
        value={present(choice.microphone, devices.microphones)}
        options={optionsOf(devices.microphones)}
        onChange={(id) => chooseAudio({ microphone: id || null })}
      />
      <MicrophoneLevel microphone={choice.microphone} onOpen={refresh} />
      <label htmlFor="audio-speaker">扬声器</label>
      <Select
        id="audio-speaker"
        disabled={!canChooseSpeaker()}
        value={present(choice.speaker, devices.speakers)}
        options={optionsOf(devices.speakers)}
        onChange={(id) => chooseAudio({ speaker: id || null })}
      />
      <Button icon={<SoundOutlined />} onClick={() => void playTone()}>
        播放提示音
      </Button>
    </div>
  );
}
