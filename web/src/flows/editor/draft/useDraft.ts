import { type FlowDetail, type FlowDocument, flowDocument } from '@rexian/contracts';
import { useCallback, useMemo, useState } from 'react';
import type { Copy } from '../../../drafts/copies.ts';
import type { SaveState } from '../../../drafts/saver.ts';
import { useSaver } from '../../../drafts/useSaver.ts';
import { useAction } from '../../../forms/useChange.ts';
import { client } from '../../../platform/api.ts';
import { placed } from '../../canvas/layout.ts';
import type { EditorState } from '../state.ts';
import { sameDocument } from './sameDocument.ts';

export interface Draft {
  /** Tells this opened editor from others. */
  page: string;
  /** As it was last saved. */
  flow: FlowDetail;
  state: SaveState<FlowDetail>;
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
  left: Copy<FlowDocument> | null;
  /** Takes up what was left, or gives it up. */
  decide(what: 'restore' | 'drop'): void;
}

/** Keeps what is on the screen saved. `opened` counts when the editor opens only. */
export function useDraft(opened: FlowDetail, { current, document, change, readOnly }: EditorState): Draft {
  const { id } = opened;
  const { page, saver, state, stored, saved, left, forget } = useSaver<FlowDocument, FlowDetail>({
    ...{ kind: 'flow', opened, document, readOnly, schema: flowDocument, same: sameDocument },
    server: { save: client.flows.saveDraft, get: () => client.flows.get({ id }) },
  });
  const [offered] = useState(() => worthOffering(left, document));
  const take = useCallback(
    (theirs: FlowDetail) => {
      const mine = current();
      const next = sameDocument(theirs.document, mine) ? mine : placed(theirs.document);
      saver.take(theirs, next);
      change(next);
    },
    [saver, change, current],
  );
  const { act, busy } = useAction({ run: () => client.flows.get({ id }), touches: [] });
  const reload = useCallback(() => void act(undefined).then((theirs) => theirs && take(theirs)), [act, take]);
  const decide = useCallback(
    (what: 'restore' | 'drop') => {
      if (what === 'restore' && left) change(placed(left.document));
      forget();
    },
    [left, change, forget],
  );
  return useMemo(
    () => ({
      ...{ page, flow: stored, state, saved, take, reload, left: left && offered, decide },
      save: () => saver.flush(),
      overwrite: () => saver.overwrite(),
      reloading: busy,
    }),
    [page, saver, stored, state, saved, take, reload, busy, left, offered, decide],
  );
}

const worthOffering = (copy: Copy<FlowDocument> | null, document: FlowDocument): Copy<FlowDocument> | null =>
  copy && !sameDocument(placed(copy.document), document) ? copy : null;
