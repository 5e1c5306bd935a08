import type { Person } from '@rexian/contracts';
import { setTemporaryPassword } from '../../auth/credentials.ts';
import { unlock } from '../../auth/lockout.ts';
import { temporaryPassword } from '../../auth/password-rules.ts';
import { hashPassword } from '../../auth/passwords.ts';
import { removeTotp } from '../../auth/second-factor.ts';
import { endWebSessions } from '../../auth/sessions.ts';
import type { SecurityStore } from '../../auth/settings.ts';
import { viewerApi } from '../../platform/api.ts';
import type { Db } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import type { Store } from '../../platform/store.ts';
import { authorityOf, lockAuthority } from '../authority.ts';
import type { Trees } from '../trees.ts';
import { findPerson, listPeople, type PersonRow, type Reader } from './queries.ts';
import { assignRoles, changePerson, createPerson, keptPerson, type PeopleKeeper } from './service.ts';
import { auditChange, subjectOf } from './told.ts';

interface Options {
  store: Store;
  trees: Trees;
  security: SecurityStore;
}

export function peopleRoutes({ store, trees, security }: Options) {
  const system = store.system;
  const api = viewerApi.use(async ({ context, next }) => {
    const reader: Reader = { db: context.db, system, caller: context.caller, tree: await trees.tree() };
    return next({ context: { reader } });
  }).people;
  const shown = async (reader: Reader, id: string): Promise<Person> => {
    const person = await findPerson(reader, id);
    if (!person) throw refusal('NOT_FOUND');
    return person;
  };
  /** One change after the other; see `lockAuthority`. */
  const change = <Answer>({ db, caller }: Reader, work: (keeper: PeopleKeeper) => Promise<Answer>): Promise<Answer> =>
    db.transaction().execute(async (trx) => {
      await lockAuthority(trx);
      return work({ trx, system, caller, by: await authorityOf(trx, caller, await trees.tree()) });
    });
  /** Something about a person's account: judged in the viewer's scope, done by the engine's role. */
  const onAccount = (reader: Reader, id: string, own: string, work: (trx: Db, row: PersonRow) => Promise<void>) =>
    change(reader, async (keeper) => {
      const row = await keptPerson(keeper, id, own);
      await system.transaction().execute((trx) => work(trx, row));
    });
  const newPassword = async () => {
    const password = temporaryPassword((await security.get()).password);
    return { password, hash: await hashPassword(password) };
  };
  return {
    list: api.list.handler(({ input, context }) => listPeople(context.reader, input)),
    get: api.get.handler(({ input, context }) => shown(context.reader, input.id)),
    create: api.create.handler(async ({ input, context: { reader, audit } }) => {
      const { password, hash } = await newPassword();
      const id = await system.transaction().execute(async (trx) => {
        await lockAuthority(trx);
        const by = await authorityOf(trx, reader.caller, await trees.tree());
        const created = await createPerson(trx, by, input, hash);
        const after = { login: input.login, name: input.name, agentNumber: input.agentNumber };
        const subject = { kind: 'person' as const, id: created, name: `${input.name}（${input.login}）` };
        await audit({ action: 'created', subject, unitId: input.unitId, after }, trx);
        return created;
      });
      return { person: await shown(reader, id), temporaryPassword: password };
    }),
    change: api.change.handler(async ({ input: { id, ...facts }, context: { reader, audit, nothingChanged } }) => {
      const { after } = await change(reader, async (keeper) => {
        const changed = await changePerson(keeper, id, facts);
        await auditChange(audit, nothingChanged, keeper, 'changed', changed);
        return changed;
      });
      // A session of somebody who isn't active is worth nothing already; this shows it in the list of sessions.
      if (!after.active) await endWebSessions(system, { personId: id });
      return shown(reader, id);
    }),
    assignRoles: api.assignRoles.handler(async ({ input, context: { reader, audit, nothingChanged } }) => {
      const { id, ...grant } = input;
      await change(reader, async (keeper) =>
        auditChange(audit, nothingChanged, keeper, 'roles_assigned', await assignRoles(keeper, id, grant)),
      );
      return shown(reader, id);
    }),
    resetPassword: api.resetPassword.handler(async ({ input, context: { reader, audit } }) => {
      await shown(reader, input.id);
      const { password, hash } = await newPassword();
      await onAccount(reader, input.id, '请在“修改密码”中修改自己的密码', async (trx, row) => {
        await setTemporaryPassword(trx, row.id, hash);
        await audit({ action: 'password_reset', ...subjectOf(row) }, trx);
      });
      return { temporaryPassword: password };
    }),
    unlock: api.unlock.handler(async ({ input, context: { reader, audit, nothingChanged } }) => {
      await onAccount(reader, input.id, '不能解除自己的锁定，请由其他管理员操作', async (trx, row) => {
        if (await unlock(trx, row.login)) await audit({ action: 'unlocked', ...subjectOf(row) }, trx);
        else nothingChanged();
      });
      return shown(reader, input.id);
    }),
    removeTotp: api.removeTotp.handler(async ({ input, context: { reader, audit, nothingChanged } }) => {
      await onAccount(reader, input.id, '请在“我的账号”中解除自己的动态口令', async (trx, row) => {
        if (await removeTotp(trx, row.id))
          await audit({ action: 'totp_changed', ...subjectOf(row), after: { enrolled: false } }, trx);
        else nothingChanged();
      });
      return shown(reader, input.id);
    }),
  };
}
