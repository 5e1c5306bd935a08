import { type DeskContact, wrapUpResult } from '@rexian/contracts';
import { type RefObject, useEffect } from 'react';

/** Whether the keyboard writes into it. */
export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && target.type !== 'radio') ||
  (target instanceof HTMLElement && target.isContentEditable);

/** Number keys choose the result, unless the cursor is in a text. */
export function useResultKeys(choose: (result: (typeof wrapUpResult.values)[number]) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      const result = wrapUpResult.values[Number(event.key) - 1];
      if (result) choose(result);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}

/** Ctrl+Enter submits from anywhere on the page, with Shift to sign out. */
export function useSubmitKey(submit: (signOut: boolean) => unknown): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !event.ctrlKey) return;
      // Before the fields see it: an open list would take the Enter for itself.
      event.preventDefault();
      event.stopPropagation();
      submit(event.shiftKey);
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  });
}

/** When the talk starts or ends, the keyboard is in the form, unless the agent is typing somewhere. */
export function useFocusAtStart(group: RefObject<HTMLDivElement | null>, legState: DeskContact['legState']): void {
  useEffect(() => {
    if (legState !== 'talking' && legState !== 'ended') return;
    if (isTyping(document.activeElement)) return;
    group.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus({ preventScroll: true });
  }, [legState, group]);
}
