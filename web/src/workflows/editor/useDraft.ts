import { useCallback } from 'react';
import { z } from 'zod';
import type { Copy } from '../../drafts/copies.ts';
import type { SaveState } from '../../drafts/saver.ts';
import { useSaver } from '../../drafts/useSaver.ts';
import { client } from '../../platform/api.ts';
import { readWorkflowOf, type Workflow } from '../workflow.ts';
import type { Screen } from './useDrawing.ts';

export interface Draft {
  /** Tells this opened editor from others. */
  page: string;
  /** As it was last saved. */
  workflow: Workflow;
  state: SaveState<Workflow>;
  /** What is on the screen is what is stored. */
  saved: boolean;
  /** Saves at once; true: all is saved. */
  save(): Promise<boolean>;
  /** Saves over what somebody else has saved, see `SaveState` conflict. */
  overwrite(): Promise<boolean>;
  /** Shows a workflow as the server has it in place of what is on the screen. */
  take(workflow: Workflow): Promise<void>;
  /** What could not be saved the last time; null: nothing, or it was decided about. */
  left: Copy<string> | null;
  forget(): void;
}

/** Keeps what is drawn saved. `opened` counts when the editor opens only. */
export function useDraft(opened: Workflow, { xml, pending, write, replace }: Screen): Draft {
  const readOnly = !opened.can.change;
  const { page, saver, state, stored, saved, left, forget } = useSaver<string, Workflow>({
    ...{ kind: 'workflow', opened, document: xml, readOnly, schema: z.string(), same: (a, b) => a === b },
    server: {
      save: ({ id, revision, document }) => client.workflows.saveDraft({ id, revision, drawing: document }),
      get: () => readWorkflowOf(opened.id),
    },
  });
  return {
    ...{ page, workflow: stored, state, forget },
    saved: saved && !pending,
    left: left && left.document !== opened.document ? left : null,
    save: useCallback(async () => {
      saver.show(pending ? await write() : xml);
      return saver.flush();
    }, [saver, pending, write, xml]),
    overwrite: useCallback(() => saver.overwrite(), [saver]),
    take: useCallback(
      async (theirs: Workflow) => {
        saver.take(theirs, theirs.document);
        if (theirs.document !== xml) await replace(theirs.document);
      },
      [saver, replace, xml],
    ),
  };
}
