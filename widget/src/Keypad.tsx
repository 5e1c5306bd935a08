import { useCallback, useEffect, useState } from 'react';

const keys: [string, string][] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
];

/** Twelve keys; the computer's own digits, * and # work as well. */
export function Keypad({ enabled, onKey }: { enabled: boolean; onKey(key: string): void }) {
  const [sent, setSent] = useState('');
  const [lit, setLit] = useState<string | null>(null);
  const press = useCallback(
    (key: string) => {
      onKey(key);
      setSent((text) => (text + key).slice(-18));
      setLit(key);
      setTimeout(() => setLit((current) => (current === key ? null : current)), 150);
    },
    [onKey],
  );
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      if (keys.some(([key]) => key === event.key)) press(event.key);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [enabled, press]);
  return (
    <>
      <output className="sent" aria-label="已按的键">
        {sent || (enabled ? '请按语音提示按键' : '\u00a0')}
      </output>
      <div className="keypad">
        {keys.map(([key, letters]) => (
          <button
            key={key}
            type="button"
            disabled={!enabled}
            data-lit={lit === key || undefined}
            aria-label={`按键 ${key}`}
            onClick={() => press(key)}
          >
            <b>{key}</b>
            <small>{letters || '\u00a0'}</small>
          </button>
        ))}
      </div>
    </>
  );
}
