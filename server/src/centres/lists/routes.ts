import { type ListEntry, listKind } from '@rexian/contracts';
import { z } from 'zod';
import { viewerApi } from '../../platform/api.ts';
import { difference } from '../../platform/audit.ts';
import { refusal, refusing } from '../../platform/errors.ts';
import type { Vault } from '../../platform/vault.ts';
import {
  addEntry,
  alreadyListed,
  changeEntry,
  entryInReach,
  entryTold,
  type ListEditor,
  listEntries,
  removeEntry,
} from './service.ts';

const about = ({ id, kind, number, unit }: ListEntry) => ({
  subject: { kind: 'list_entry' as const, id, name: `${listKind.labels[kind]} ${number}` },
  unitId: unit.id,
});

export function listRoutes({ vault }: { vault: Vault }) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const within = (db: ListEditor['db']): ListEditor => ({ db, vault, caller });
    return next({ context: { within, editor: within(db) } });
  }).lists;
  return {
    list: api.list.handler(({ input, context }) => {
      if (input.cursor !== undefined && !z.uuid().safeParse(input.cursor).success) throw refusal('BAD_REQUEST');
      return listEntries(context.editor, input);
    }),
    add: api.add.handler(({ input, context: { db, within, audit } }) =>
      refusing({ unique: alreadyListed }, () =>
        db.transaction().execute(async (trx) => {
          const entry = await addEntry(within(trx), input);
          await audit({ action: 'created', ...about(entry), after: entryTold(entry) }, trx);
          return entry;
        }),
      ),
    ),
    change: api.change.handler(({ input, context: { db, within, audit, nothingChanged } }) =>
      db.transaction().execute(async (trx) => {
        const { before, after } = await changeEntry(within(trx), input);
        const changed = difference(entryTold(before), entryTold(after));
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', ...about(after), ...changed }, trx);
        return after;
      }),
    ),
    remove: api.remove.handler(({ input, context: { db, within, audit } }) =>
      db.transaction().execute(async (trx) => {
        const entry = await removeEntry(within(trx), input.id);
        await audit({ action: 'removed', ...about(entry), before: entryTold(entry) }, trx);
        return {};
      }),
    ),
    reveal: api.reveal.handler(async ({ input, context: { editor, audit } }) => {
      const { entry, number } = await entryInReach(editor, input.id);
      await audit({ action: 'revealed', ...about(entry) });
      return { number };
    }),
  };
}
