import { useEffect, useRef } from 'react';

export interface RegistrationKeys {
  /** Ctrl+Enter: what is done most; with Shift the agent signs out afterwards. */
  finish(signOut: boolean): unknown;
  /** Alt+Enter: into the workflow. */
  handOn?(): unknown;
  /** Alt+Z: 暂存. */
  keep?(): unknown;
  /** Alt+X: to the wrap-up of a call that nothing is to be registered of. */
  wrapUp?(): unknown;
}

type Press = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'repeat' | 'isComposing'>;

/** By the key's place, for Alt changes what it writes on some machines. Keys of the phone bar: desk/shortcuts.ts. */
export function registrationKey(press: Press): keyof RegistrationKeys | null {
  if (press.repeat || press.isComposing || press.metaKey) return null;
  const enter = press.code === 'Enter' || press.code === 'NumpadEnter';
  if (press.ctrlKey) return enter && !press.altKey ? 'finish' : null;
  if (!press.altKey || press.shiftKey) return null;
  if (enter) return 'handOn';
  return press.code === 'KeyZ' ? 'keep' : press.code === 'KeyX' ? 'wrapUp' : null;
}

/** Keys of the registration work wherever the cursor is, but not in what lies above the page. */
export function useRegistrationKeys(keys: RegistrationKeys): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = registrationKey(event);
      if (!key || (event.target instanceof Element && event.target.closest('.ant-modal, .ant-drawer'))) return;
      // Before the fields see it: an open list would take the Enter for itself.
      event.preventDefault();
      event.stopPropagation();
      if (key === 'finish') now.current.finish(event.shiftKey);
      else now.current[key]?.();
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, []);
}
