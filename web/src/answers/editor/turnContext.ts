import { createContext, type RefObject, use, useEffect, useRef } from 'react';

interface TurnEditing {
  /** What is wrong, by key of turn or choice; null: not to be told yet. */
  faults: ReadonlyMap<string, string> | null;
  /** Which turn or choice is to have the keyboard. */
  focus: { key: string } | null;
  focusOn(focus: { key: string }): void;
  /** Slots that are asked for anywhere in the tree. */
  slots: string[];
}

export const TurnContext = createContext<TurnEditing>({
  faults: null,
  focus: null,
  focusOn: () => undefined,
  slots: [],
});
export const useTurnEditing = () => use(TurnContext);

/** The field that gets the keyboard when the turn or choice of this key is to have it. */
export function useFocusField<Focusable extends { focus(): void }>(key: string): RefObject<Focusable | null> {
  const { focus } = useTurnEditing();
  const field = useRef<Focusable>(null);
  useEffect(() => {
    if (focus?.key === key) field.current?.focus();
  }, [focus, key]);
  return field;
}
