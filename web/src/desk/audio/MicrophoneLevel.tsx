import { type CallFailure, failureText, MicrophoneError, meterMicrophone } from '@rexian/softphone';
import { useEffect, useRef, useState } from 'react';

type Props = { microphone: string | null; onOpen(): void };

/** A bar that moves with the voice: proof that the right microphone is open. */
export function MicrophoneLevel({ microphone, onOpen }: Props) {
  const [level, setLevel] = useState(0);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const opened = useRef(onOpen);
  opened.current = onOpen;
  useEffect(() => {
    let stop: (() => void) | null = null;
    let left = false;
    setFailure(null);
    meterMicrophone(microphone, setLevel).then(
      (end) => {
        if (left) return end();
        stop = end;
        opened.current();
      },
      (error: unknown) => !left && setFailure(error instanceof MicrophoneError ? error.failure : 'microphone_missing'),
    );
    return () => {
      left = true;
      stop?.();
    };
  }, [microphone]);
  if (failure) {
    return (
      <p className="field-error" role="alert">
        {failureText[failure]}
      </p>
    );
  }
  return <LevelBar level={level} label="麦克风音量" />;
}

export function LevelBar({ level, label }: { level: number; label: string }) {
  return <meter className="level-bar" min={0} max={1} low={0.05} value={level} aria-label={label} />;
}
