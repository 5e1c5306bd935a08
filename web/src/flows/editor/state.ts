/** The flow on the screen and what is selected in it: what everything around the editor works with. */
import type { FlowDocument } from '@rexian/contracts';
import { createContext, use, useCallback, useMemo, useReducer, useRef, useState } from 'react';
import { placed } from '../canvas/layout.ts';
import { begun, changed, type History, redone, settled, undone } from './history.ts';

/** The flow as it shall be, or how it is made of the one that is there. */
export type Change = FlowDocument | ((before: FlowDocument) => FlowDocument);

/** The same as long as the editor is open: what only changes the flow isn't drawn again with each change. */
export interface Editing {
  /** The flow as it is now. */
  current(): FlowDocument;
  select(ids: Iterable<string>): void;
  /** `merge`: changes with the same one in a row are one step for `undo`, as letters typed into one field. */
  change(next: Change, what?: { merge?: string }): void;
}

export interface EditorState extends Editing {
  document: FlowDocument;
  /** Ids of nodes. */
  selected: ReadonlySet<string>;
  undo(): void;
  redo(): void;
  canUndo: boolean;
  canRedo: boolean;
  readOnly: boolean;
}

type Step =
  | { what: 'change'; next: Change; merge: string | undefined }
  | { what: 'undo' }
  | { what: 'redo' }
  | { what: 'settle' };

const after = (before: FlowDocument, next: Change): FlowDocument => (typeof next === 'function' ? next(before) : next);

function step(history: History<FlowDocument>, taken: Step): History<FlowDocument> {
  switch (taken.what) {
    case 'change':
      return changed(history, after(history.present, taken.next), taken.merge);
    case 'undo':
      return undone(history);
    case 'redo':
      return redone(history);
    case 'settle':
      return settled(history);
  }
}

const nothing: ReadonlySet<string> = new Set();

/** Nodes without a place get one, which isn't a change. */
export function useEditor(initial: FlowDocument, { readOnly = false } = {}): EditorState {
  const [history, take] = useReducer(step, initial, (document) => begun(placed(document)));
  const [chosen, setChosen] = useState(nothing);
  const document = history.present;
  const latest = useRef(document);
  latest.current = document;
  const current = useCallback(() => latest.current, []);
  const selected = useMemo(
    () => ([...chosen].every((id) => Object.hasOwn(document.nodes, id)) ? chosen : present(chosen, document)),
    [chosen, document],
  );
  const select = useCallback((ids: Iterable<string>) => {
    const next = new Set(ids);
    setChosen((before) => (same(before, next) ? before : next));
    take({ what: 'settle' });
  }, []);
  const change = useCallback(
    (next: Change, { merge }: { merge?: string } = {}) => {
      if (!readOnly) take({ what: 'change', next, merge });
    },
    [readOnly],
  );
  const undo = useCallback(() => take({ what: 'undo' }), []);
  const redo = useCallback(() => take({ what: 'redo' }), []);
  const [canUndo, canRedo] = [history.past.length > 0, history.future.length > 0];
  return useMemo(
    () => ({ current, document, selected, select, change, undo, redo, canUndo, canRedo, readOnly }),
    [current, document, selected, select, change, undo, redo, canUndo, canRedo, readOnly],
  );
}

const present = (ids: ReadonlySet<string>, { nodes }: FlowDocument): ReadonlySet<string> =>
  new Set([...ids].filter((id) => Object.hasOwn(nodes, id)));

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((id) => b.has(id));

const EditorContext = createContext<EditorState | null>(null);
export const EditorProvider = EditorContext.Provider;
const EditingContext = createContext<Editing | null>(null);
export const EditingProvider = EditingContext.Provider;

/** The editor around a part of it. Throws outside of one. */
export function useEditorState(): EditorState {
  const state = use(EditorContext);
  if (!state) throw new Error('useEditorState outside of an editor');
  return state;
}

/** The same without a word of what changes. Throws outside of an editor. */
export function useEditing(): Editing {
  const editing = use(EditingContext);
  if (!editing) throw new Error('useEditing outside of an editor');
  return editing;
}
