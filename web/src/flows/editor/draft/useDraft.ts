import type { FlowDetail, FlowDocument } from '@rexian/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useViewer } from '../../../auth/viewer.ts';
import { useAction } from '../../../forms/useChange.ts';
import { client } from '../../../platform/api.ts';
import { newUuid } from '../../../platform/newUuid.ts';
import { useStore } from '../../../platform/store.ts';
import { placed } from '../../canvas/layout.ts';
import type { EditorState } from '../state.ts';
import { Copies, type Copy } from './copies.ts';
import { DraftSaver, type SaveState, sameDocument } from './saver.ts';

export interface Draft {
  /** Tells this opened editor from others. */
  page: string;
  /** As it was last saved. */
  flow: FlowDetail;
  state: SaveState;
  /** What is on the screen is what is stored. */
  saved: boolean;
  /** Saves at once; true: all is saved. */
  save(): Promise<boolean>;
  /** Saves over what somebody else has saved, see `SaveState` conflict. */
  overwrite(): Promise<boolean>;
  /** Shows a flow as the server has it in place of what is on the screen, which can be taken back. */
  take(flow: FlowDetail): void;
  /** The same with what the server has now. */
  reload(): void;
  reloading: boolean;
  /** What could not be saved the last time; null: nothing, or it was decided about. */
  left: Copy | null;
  /** Takes up what was left, or gives it up. */
  decide(what: 'restore' | 'drop'): void;
}

/** Keeps what is on the screen saved. `flow` counts when the editor opens only. */
export function useDraft(flow: FlowDetail, editor: EditorState): Draft {
  const { id: person, name } = useViewer();
  const { current, document, change, readOnly } = editor;
  const [{ saver, copies, page }] = useState(() => {
    const page = newUuid();
    const copies = new Copies(localStorage, { person, flow: flow.id, page });
    const server = { save: client.flows.saveDraft, get: () => client.flows.get({ id: flow.id }) };
    return { saver: new DraftSaver({ flow, document, name, server, copies }), copies, page };
  });
  const [left, setLeft] = useState(() => worthOffering(readOnly ? null : copies.left(), document));
  const state = useStore(saver.state);
  const stored = useStore(saver.stored);

  useEffect(() => saver.show(document), [saver, document]);
  useEffect(() => {
    const save = () => void saver.flush();
    const ask = (event: BeforeUnloadEvent) => {
      if (saver.isSaved) return;
      saver.keepCopy();
      event.preventDefault();
    };
    addEventListener('online', save);
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('online', save);
      removeEventListener('beforeunload', ask);
      saver.close();
    };
  }, [saver]);

  const take = useCallback(
    (theirs: FlowDetail) => {
      const mine = current();
      const next = sameDocument(theirs.document, mine) ? mine : placed(theirs.document);
      saver.take(theirs, next);
      change(next);
    },
    [saver, change, current],
  );
  const { act, busy } = useAction({ run: () => client.flows.get({ id: flow.id }), touches: [] });
  const reload = useCallback(() => void act(undefined).then((theirs) => theirs && take(theirs)), [act, take]);
  const decide = useCallback(
    (what: 'restore' | 'drop') => {
      if (what === 'restore' && left) change(placed(left.document));
      copies.forget();
      setLeft(null);
    },
    [left, change, copies],
  );
  const saved = state.what === 'saved' && document === saver.savedDocument;
  return useMemo(
    () => ({
      ...{ page, flow: stored, state, saved, take, reload, left, decide },
      save: () => saver.flush(),
      overwrite: () => saver.overwrite(),
      reloading: busy,
    }),
    [page, saver, stored, state, saved, take, reload, busy, left, decide],
  );
}

const worthOffering = (copy: Copy | null, document: FlowDocument): Copy | null =>
  copy && !sameDocument(placed(copy.document), document) ? copy : null;
