import { useCallback, useEffect, useState } from 'react';
import type { z } from 'zod';
import { useViewer } from '../auth/viewer.ts';
import { newUuid } from '../platform/newUuid.ts';
import { useStore } from '../platform/store.ts';
import { Copies, type Copy } from './copies.ts';
import { type Drafted, DraftSaver, type DraftServer, type SaveState } from './saver.ts';

interface Edited<Document, Stored> {
  kind: 'flow' | 'workflow' | 'order' | 'article';
  /** Counts when the editor opens only. */
  opened: Stored;
  /** What is on the screen now. */
  document: Document;
  readOnly: boolean;
  schema: z.ZodType<unknown, Document>;
  server: DraftServer<Document, Stored>;
  /** Whether two documents are stored alike. */
  same(a: Document, b: Document): boolean;
}

export interface Saving<Document, Stored extends Drafted<Document>> {
  /** Tells this opened editor from others. */
  page: string;
  saver: DraftSaver<Document, Stored>;
  state: SaveState<Stored>;
  /** As it was last saved. */
  stored: Stored;
  /** What is on the screen is what is stored. */
  saved: boolean;
  /** What could not be saved the last time; null: nothing, or it was decided about. */
  left: Copy<Document> | null;
  /** What was left is no longer of interest. */
  forget(): void;
}

/** Keeps what is on the screen saved: while it is edited, when the network is back, and when the page goes. */
export function useSaver<Document, Stored extends Drafted<Document>>(
  edited: Edited<Document, Stored>,
): Saving<Document, Stored> {
  const { id: person, name } = useViewer();
  const { document } = edited;
  const [{ saver, copies, page }] = useState(() => {
    const { kind, opened, schema, server, same } = edited;
    const page = newUuid();
    const copies = new Copies(localStorage, { person, kind, id: opened.id, page }, schema);
    return { saver: new DraftSaver({ opened, document, name, server, copies, same }), copies, page };
  });
  const [left, setLeft] = useState(() => (edited.readOnly ? null : copies.left()));
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
  const forget = useCallback(() => {
    copies.forget();
    setLeft(null);
  }, [copies]);
  return {
    ...{ page, saver, state, stored, left, forget },
    saved: state.what === 'saved' && document === saver.savedDocument,
  };
}
