import { type RefObject, useEffect, useRef } from 'react';
import { readClipboard } from './document.ts';
import type { EditorState } from './state.ts';
import type { Actions } from './useActions.ts';

/** What keys open. */
export interface Openings {
  search(): void;
  help(): void;
  /** The node's first field. */
  form(nodeId: string): void;
  /** Back to the drawing. */
  drawing(): void;
  /** Takes away the selected connection; false: none is. */
  removeEdge(): boolean;
}

const ARROWS: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const FAR = 5;

/** Keys of the editor, see `KeyHelp`. In fields the letters belong to what is typed; only undo, redo and search are the editor's. */
export function useKeys(root: RefObject<HTMLElement | null>, state: EditorState, actions: Actions, open: Openings) {
  const latest = useRef({ state, actions, open });
  latest.current = { state, actions, open };
  useEffect(() => {
    const here = ({ target }: Event) => target === document.body || root.current?.contains(target as Node) === true;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !here(event)) return;
      const { state, actions, open } = latest.current;
      const did = anywhere(event, state, open) || (!isTyping(event) && onCanvas(event, state, actions, open));
      if (did) event.preventDefault();
    };
    const onCopy = (event: ClipboardEvent) => {
      const { state, actions } = latest.current;
      if (!here(event) || isTyping(event) || getSelection()?.isCollapsed === false) return;
      const copied = actions.copy();
      if (!copied) return;
      event.clipboardData?.setData('text/plain', JSON.stringify(copied));
      event.preventDefault();
      if (event.type === 'cut' && !state.readOnly) actions.remove();
    };
    const onPaste = (event: ClipboardEvent) => {
      const { state, actions } = latest.current;
      if (!here(event) || isTyping(event) || state.readOnly) return;
      const copied = readClipboard(event.clipboardData?.getData('text/plain') ?? '');
      if (!copied) return;
      event.preventDefault();
      actions.paste(copied);
    };
    const ends = new AbortController();
    const { signal } = ends;
    addEventListener('keydown', onKeyDown, { signal });
    document.addEventListener('copy', onCopy, { signal });
    document.addEventListener('cut', onCopy, { signal });
    document.addEventListener('paste', onPaste, { signal });
    return () => ends.abort();
  }, [root]);
}

const isTyping = ({ target }: Event): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox]') !== null;

const onDrawing = ({ target }: Event): boolean => target instanceof Element && target.matches('.flow-canvas, body');

/** true: the key was for something. */
function anywhere(event: KeyboardEvent, state: EditorState, open: Openings): boolean {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (key === 'F1') return does(open.help);
  if (key === 'Escape' && !onDrawing(event)) return does(open.drawing);
  if (!(ctrlKey || metaKey) || altKey) return false;
  const letter = key.toLowerCase();
  if (letter === 'z') return does(shiftKey ? state.redo : state.undo);
  if (letter === 'y') return does(state.redo);
  return letter === 'f' && does(open.search);
}

function onCanvas(event: KeyboardEvent, state: EditorState, actions: Actions, open: Openings): boolean {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (altKey) return false;
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() === 'a') return does(actions.selectAll);
    return key.toLowerCase() === 'd' && does(() => !state.readOnly && actions.duplicate());
  }
  if (key === '?') return does(open.help);
  if (key === '0') return does(actions.showAll);
  if (!onDrawing(event)) return false;
  if (key === 'Tab') return actions.step(shiftKey ? -1 : 1);
  const [only] = state.selected;
  if (key === 'Enter' && only !== undefined && state.selected.size === 1) return does(() => open.form(only));
  if (key === 'Escape') return does(() => state.select([]));
  if (state.readOnly) return false;
  if (key === 'Delete' || key === 'Backspace') return open.removeEdge() || does(actions.remove);
  const arrow = ARROWS[key];
  const far = shiftKey ? FAR : 1;
  return arrow !== undefined && does(() => actions.nudge({ x: arrow.x * far, y: arrow.y * far }));
}

function does(what: () => unknown): true {
  what();
  return true;
}
