import type { Queue } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { refusal, refusing } from '../platform/errors.ts';
import type { Store } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';
import { explainContact, preview } from './foresight.ts';
import { listAgents, listQueues, queueInReach } from './queries.ts';
import {
  changeQueue,
  createQueue,
  type Editor,
  overflowTargets,
  queueRefusals,
  removeQueue,
  setAgent,
  setMembers,
} from './service.ts';
import { queueTold } from './told.ts';

interface Options {
  store: Store;
  vault: Vault;
}

const aboutQueue = ({ id, name, unit }: Queue) => ({
  subject: { kind: 'queue' as const, id, name },
  unitId: unit.id,
});
export function queueRoutes({ store, vault }: Options) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const editing = <T>(change: (editor: Editor) => Promise<T>): Promise<T> =>
      db.transaction().execute((trx) => change({ trx, all: store.system, caller }));
    return next({ context: { editing } });
  }).queues;
  return {
    list: api.list.handler(({ input, context }) => listQueues(context.db, context.caller, input.unitId)),
    overflowCodes: api.overflowCodes.handler(({ input, context: { db, caller } }) =>
      overflowTargets({ trx: db, all: store.system, caller }, input.unitId),
    ),
    agents: api.agents.handler(({ input, context }) => listAgents(context.db, context.caller, input)),
    create: api.create.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const made = await createQueue(editor, input);
        await audit({ action: 'created', ...aboutQueue(made), after: await queueTold(editor.all, made) }, editor.trx);
        return made;
      }),
    ),
    change: api.change.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { before, after } = await changeQueue(editor, input);
        const changed = difference(await queueTold(editor.all, before), await queueTold(editor.all, after));
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', ...aboutQueue(after), ...changed }, editor.trx);
        return after;
      }),
    ),
    remove: api.remove.handler(({ input, context: { editing, audit } }) =>
      refusing(queueRefusals, () =>
        editing(async (editor) => {
          const gone = await removeQueue(editor, input.id);
          await audit(
            { action: 'removed', ...aboutQueue(gone), before: await queueTold(editor.all, gone) },
            editor.trx,
          );
          return {};
        }),
      ),
    ),
    setMembers: api.setMembers.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { queue, before, after } = await setMembers(editor, input);
        const changed = difference({ members: before }, { members: after });
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', ...aboutQueue(queue), ...changed }, editor.trx);
        return {};
      }),
    ),
    setAgent: api.setAgent.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { person, before, after } = await setAgent(editor, input);
        const changed = difference({ queues: before }, { queues: after });
        const subject = { kind: 'person' as const, id: input.personId, name: person?.name ?? '' };
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', subject, unitId: person?.unitId ?? null, ...changed }, editor.trx);
        return {};
      }),
    ),
    preview: api.preview.handler(async ({ input: { at = new Date(), ...input }, context: { db, caller } }) => {
      const queue = await queueInReach(db, caller, input.queueId);
      if (!queue) throw refusal('NOT_FOUND', '没有找到所选技能组');
      const { calledNumberId } = input;
      const unitId = calledNumberId === null ? queue.unit.id : await numberUnit(db, calledNumberId);
      if (unitId === null) throw refusal('NOT_FOUND', '没有找到所选服务号码');
      return preview({ db: store.system, vault }, { ...input, unitId, at });
    }),
    explain: api.explain.handler(({ input, context: { db, caller } }) =>
      explainContact({ db, vault, caller }, input.contactId),
    ),
  };
}

/** The unit of a service number in sight. */
async function numberUnit(db: Db, id: string): Promise<string | null> {
  const found = await db.selectFrom('service_numbers').select('unit_id').where('id', '=', id).executeTakeFirst();
  return found?.unit_id ?? null;
}
