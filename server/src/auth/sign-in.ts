/** Signing in: the password, then the one-time password of those who have one; every outcome is put on record. */
import type { WebSession } from '@rexian/contracts';
import type { Audit, Caller } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';
import { type Attempt, admit, countWrong, isLogin, locked, takeBack, unlock } from './lockout.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { takeCode } from './second-factor.ts';
import { type ClientInfo, endSessionOf, openWebSession } from './sessions.ts';
import type { SecurityStore } from './settings.ts';
import { closeTicket, openTicket, personOfTicket, takeTry } from './tickets.ts';
import type { Viewers } from './viewers.ts';

export interface SignInOptions {
  /** The engine's: nobody has a scope before they are known. */
  db: Db;
  viewers: Viewers;
  security: SecurityStore;
  vault: Vault;
}

/** What a try to sign in brings along. */
export interface Visit {
  client: ClientInfo;
  /** Of the session that the browser has had so far. */
  sessionToken: string | null;
  audit: Audit;
}

export interface Entered {
  token: string;
  expiresAt: Date;
  caller: Caller;
}

export interface SignInPerson {
  id: string;
  unitId: string;
  login: string;
  name: string;
  active: boolean;
  passwordHash: string | null;
  totp: boolean;
}

export const personSubject = (person: { id: string; name: string; login: string }) => ({
  kind: 'person' as const,
  id: person.id,
  name: `${person.name}（${person.login}）`,
});

/** Nobody we know. What can't be a login may be a password in the wrong field; what can may be a telephone number. */
export const strangerSubject = (login: string | null) => ({
  kind: 'person' as const,
  id: null,
  name: login !== null && isLogin(login) ? maskNumber(login) : '（不是工号）',
});

export class SignIn {
  readonly #options: SignInOptions;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  /** Throws BAD_CREDENTIALS, LOCKED or BUSY, the same for logins that exist and those that don't. */
  async byPassword(
    { login, password }: { login: string; password: string },
    visit: Visit,
  ): Promise<Entered | { ticket: string }> {
    const { db, security } = this.#options;
    const attempt = { login, address: visit.client.address };
    const seconds = await admit(db, attempt, (await security.get()).lockout);
    const person = isLogin(login) ? await this.#find('login', login) : undefined;
    const { right, outdated } = await this.#judge(login, () => verifyPassword(person?.passwordHash ?? null, password));
    if (!person?.active || !right) return this.#wrong('BAD_CREDENTIALS', attempt, person, seconds, visit);
    if (outdated) person.passwordHash = await this.#renewedHash(person, password);
    if (person.totp) {
      await takeBack(db, login);
      return { ticket: await openTicket(db, person.id) };
    }
    const entered = await this.enter(person, 'password', visit);
    return entered ?? this.#wrong('BAD_CREDENTIALS', attempt, person, seconds, visit);
  }

  /** Throws BAD_CODE, LOCKED, or UNAUTHORIZED when one has to begin again. */
  async byCode({ ticket, code }: { ticket: string; code: string }, visit: Visit): Promise<Entered> {
    const { db, security, vault } = this.#options;
    const startAgain = () => refusal('UNAUTHORIZED', '登录已超时或动态口令输错次数过多，请重新登录');
    const personId = await personOfTicket(db, ticket);
    const person = personId ? await this.#find('id', personId) : undefined;
    if (!person?.active || !person.totp) throw startAgain();
    const attempt = { login: person.login, address: visit.client.address };
    const seconds = await admit(db, attempt, (await security.get()).lockout);
    const right = await this.#judge(person.login, async () => {
      if (!(await takeTry(db, ticket))) throw startAgain();
      return takeCode(db, vault, person.id, code);
    });
    if (!right) return this.#wrong('BAD_CODE', attempt, person, seconds, visit);
    if (!(await closeTicket(db, ticket))) throw startAgain();
    const entered = await this.enter(person, 'password', visit);
    if (!entered) throw startAgain();
    return entered;
  }

  /**
   * Opens a session for somebody who has proved to be this person; null when their unit is closed, or the password that proved it has been
   * replaced meanwhile: whoever replaces one ends the sessions that came of it.
   */
  async enter(person: SignInPerson, method: WebSession['method'], visit: Visit): Promise<Entered | null> {
    const { db, viewers, security } = this.#options;
    const { absoluteHours } = (await security.get()).session;
    const opened = await db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('credentials')
        .set({ last_sign_in_at: new Date() })
        .where('person_id', '=', person.id)
        .$if(method === 'password', (query) => query.where('password_hash', '=', person.passwordHash))
        .executeTakeFirst();
      if (method === 'password' && numUpdatedRows === 0n) return null;
      await unlock(trx, person.login);
      return openWebSession(trx, person.id, visit.client, { absoluteHours, method });
    });
    if (!opened) return null;
    const { token, expiresAt } = opened;
    const caller = await viewers.ofSession(token);
    if (!caller) {
      await endSessionOf(db, token);
      return null;
    }
    if (visit.sessionToken) await endSessionOf(db, visit.sessionToken);
    const { id, login, name } = person;
    await visit.audit({
      actor: { kind: 'person', id, login, name },
      action: 'sign_in',
      subject: personSubject(person),
      unitId: person.unitId,
      after: { method },
    });
    return { token, expiresAt, caller };
  }

  person(id: string): Promise<SignInPerson | undefined> {
    return this.#find('id', id);
  }

  /** For what one does with the own account: the password once more. A stolen session must not be a place to guess it at. */
  async confirmPassword(personId: string, password: string, visit: Visit): Promise<SignInPerson> {
    const { db, security } = this.#options;
    const person = await this.#find('id', personId);
    if (!person) throw refusal('UNAUTHORIZED');
    const attempt = { login: person.login, address: visit.client.address };
    const seconds = await admit(db, attempt, (await security.get()).lockout);
    const { right } = await this.#judge(person.login, () => verifyPassword(person.passwordHash, password));
    if (!right) return this.#wrong('BAD_CREDENTIALS', attempt, person, seconds, visit, '密码不正确');
    await takeBack(db, person.login);
    return person;
  }

  /** What couldn't be judged (too many wait, the database is away) counts for nothing. */
  async #judge<Verdict>(login: string, judge: () => Promise<Verdict>): Promise<Verdict> {
    try {
      return await judge();
    } catch (error) {
      await takeBack(this.#options.db, login);
      throw error;
    }
  }

  async #wrong(
    code: 'BAD_CREDENTIALS' | 'BAD_CODE',
    attempt: Attempt,
    person: SignInPerson | undefined,
    accountSeconds: number,
    { audit }: Visit,
    message?: string,
  ): Promise<never> {
    const { db, security } = this.#options;
    const addressSeconds = await countWrong(db, attempt, (await security.get()).lockout);
    const about = {
      subject: person ? personSubject(person) : strangerSubject(attempt.login),
      unitId: person?.unitId ?? null,
    };
    await audit({ ...about, action: 'sign_in_failed', after: { reason: code } });
    if (accountSeconds > 0) await audit({ ...about, action: 'locked', after: { seconds: accountSeconds } });
    if (addressSeconds > 0) {
      const subject = { kind: 'session' as const, id: null, name: `来自 ${attempt.address} 的登录` };
      await audit({ subject, unitId: null, action: 'locked', after: { seconds: addressSeconds } });
    }
    const seconds = Math.max(accountSeconds, addressSeconds);
    throw seconds > 0 ? locked(seconds) : refusal(code, message);
  }

  /** The settings of the hash have changed since: now that the password is at hand, it is made anew. Answers the one that counts. */
  async #renewedHash(person: SignInPerson, password: string): Promise<string | null> {
    // When too many wait for passwords, the next sign-in will do.
    const password_hash = await hashPassword(password).catch(() => null);
    if (!password_hash) return person.passwordHash;
    const { numUpdatedRows } = await this.#options.db
      .updateTable('credentials')
      .set({ password_hash })
      .where('person_id', '=', person.id)
      .where('password_hash', '=', person.passwordHash)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) return password_hash;
    // Another sign-in of the same moment did so first; or the password is another one now.
    const now = (await this.#find('id', person.id))?.passwordHash ?? null;
    return (await verifyPassword(now, password)).right ? now : person.passwordHash;
  }

  #find(by: 'login' | 'id', value: string): Promise<SignInPerson | undefined> {
    return this.#options.db
      .selectFrom('people as p')
      .leftJoin('credentials as c', 'c.person_id', 'p.id')
      .select(['p.id', 'p.unit_id as unitId', 'p.login', 'p.name', 'p.active', 'c.password_hash as passwordHash'])
      .select((each) => each('c.totp_confirmed_at', 'is not', null).$castTo<boolean>().as('totp'))
      .where(`p.${by}`, '=', value)
      .executeTakeFirst();
  }
}
