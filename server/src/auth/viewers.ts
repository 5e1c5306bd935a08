/** From a session's token to who asks: person, permissions, and what lies in reach. */
import {
  deskPermission,
  type Permission,
  type RoleRef,
  type UnitRef,
  type Viewer,
  type WorkOrderDesk,
  workOrderDesk,
} from '@rexian/contracts';
import { sql } from 'kysely';
import type { Reach, TreeUnit, UnitTree } from '../centres/tree.ts';
import type { Trees } from '../centres/trees.ts';
import type { Caller } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import type { RowScope } from '../platform/store.ts';
import { runOut, type SessionLimits, tokenHash } from './sessions.ts';
import type { SecurityStore } from './settings.ts';

const ADMINISTRATIVE: readonly Permission[] = [
  'units.manage',
  'people.manage',
  'people.assign_roles',
  'roles.manage',
  'security.manage',
  'keys.manage',
  'audit.read',
];

/** Whether somebody is an administrator in the sense of the security settings. */
export const administers = (permissions: readonly Permission[]): boolean =>
  permissions.some((permission) => ADMINISTRATIVE.includes(permission));

interface SessionRow {
  sessionId: string;
  lastSeenAt: Date;
  chosenUnitId: string | null;
  method: 'password' | 'oidc';
  id: string;
  login: string;
  name: string;
  agentNumber: string | null;
  unitId: string;
  scope: Viewer['scope'];
  entitled: string[];
  changedAt: Date | null;
  mustChange: boolean | null;
  totpConfirmed: boolean;
  roles: (RoleRef & { permissions: Permission[] })[];
  treeVersion: number;
}

export class Viewers {
  readonly #db: Db;
  readonly #trees: Trees;
  readonly #security: SecurityStore;

  /** `db` is the engine's: nobody has a scope before they are known. */
  constructor(db: Db, trees: Trees, security: SecurityStore) {
    this.#db = db;
    this.#trees = trees;
    this.#security = security;
  }

  /**
   * Who a session's token belongs to; null when it is unknown, over or idle for too long. `idleSeconds`: since its person last did
   * something, so that what a page asks by itself keeps nobody signed in.
   */
  async ofSession(token: string, idleSeconds = 0): Promise<Caller | null> {
    const { session, password, totpForAdministrators } = await this.#security.get();
    const row = await this.#read(token, session);
    if (!row) return null;
    const tree = await this.#trees.tree(row.treeVersion);
    const home = tree.unit(row.unitId);
    if (!home || !tree.isActive(home)) return null;
    const seenAt = Date.now() - idleSeconds * 1000;
    if (row.lastSeenAt.getTime() < seenAt - 60_000) await this.#touch(row.sessionId, new Date(seenAt));
    const permissions = [...new Set(row.roles.flatMap((role) => role.permissions))];
    const due = () => {
      if (row.method === 'password' && (row.mustChange || isOld(row.changedAt, password.maxAgeDays))) return 'password';
      if (totpForAdministrators && administers(permissions) && row.method === 'password' && !row.totpConfirmed)
        return 'totp';
      return null;
    };
    return callerOf(tree, home, {
      kind: 'person',
      id: row.id,
      login: row.login,
      name: row.name,
      agentNumber: row.agentNumber,
      roles: row.roles.map(({ id, code, name }) => ({ id, code, name })),
      permissions,
      scope: row.scope,
      entitled: row.entitled,
      chosenUnitId: row.chosenUnitId,
      sessionId: row.sessionId,
      due: due(),
    });
  }

  async #read(token: string, limits: SessionLimits): Promise<SessionRow | undefined> {
    const result = await sql<SessionRow>`
      select s.id as "sessionId", s.last_seen_at as "lastSeenAt", s.chosen_unit_id as "chosenUnitId", s.method,
        p.id, p.login, p.name, p.agent_number as "agentNumber", p.unit_id as "unitId", p.scope, p.entitled,
        c.changed_at as "changedAt", c.must_change as "mustChange", c.totp_confirmed_at is not null as "totpConfirmed",
        (select version from unit_tree) as "treeVersion",
        coalesce((select json_agg(json_build_object('id', r.id, 'code', r.code, 'name', r.name, 'permissions', r.permissions)
          order by r.name) from person_roles pr join roles r on r.id = pr.role_id where pr.person_id = p.id), '[]') as roles
      from web_sessions s join people p on p.id = s.person_id left join credentials c on c.person_id = p.id
      where s.token_hash = ${tokenHash(token)} and s.ended_at is null and not ${runOut(limits)} and p.active`.execute(
      this.#db,
    );
    return result.rows[0];
  }

  async #touch(sessionId: string, at: Date): Promise<void> {
    await this.#db
      .updateTable('web_sessions')
      .set({ last_seen_at: at })
      .where('id', '=', sessionId)
      .where('last_seen_at', '<', at)
      .execute();
  }
}

export interface Identity {
  kind: Viewer['kind'];
  id: string;
  login: string;
  name: string;
  agentNumber: string | null;
  roles: RoleRef[];
  permissions: Permission[];
  scope: Viewer['scope'];
  entitled: readonly string[];
  chosenUnitId: string | null;
  sessionId: string | null;
  due: Viewer['due'];
}

/** Puts together what a request carries of whoever asks. */
export function callerOf(tree: UnitTree, home: TreeUnit, identity: Identity): Caller {
  const { scope, entitled, chosenUnitId, sessionId, ...who } = identity;
  const of = { homeId: home.id, entitledIds: entitled };
  const whole = tree.reach({ ...of, scope, chosenCentreId: null });
  const centres = [...tree.units].filter((unit) => unit.kind === 'centre' && whole.unitIds.has(unit.id));
  // A choice that is no longer in reach (moved, rights taken) is none.
  const chosen = centres.find((unit) => unit.id === chosenUnitId);
  const reach = chosen ? tree.reach({ ...of, scope, chosenCentreId: chosen.id }) : whole;
  const desk = tree.reach({ ...of, scope: 'centre', entitledIds: [], chosenCentreId: null });
  const personId = who.kind === 'person' ? who.id : null;
  const viewer: Viewer = {
    ...who,
    unit: unitRefOf(home),
    centre: unitRefOf(tree.centreOf(home)),
    scope,
    centres: centres.map(unitRefOf),
    chosenCentre: chosen ? unitRefOf(chosen) : null,
  };
  const unitIds = [...reach.unitIds];
  const rows = ({ patterns, everything, home }: Reach): RowScope => ({
    ...{ patterns, everything, home, personId },
    desks: desksOf(who.permissions),
  });
  return { viewer, scope: rows(reach), deskScope: rows(desk), unitIds, treeVersion: tree.version, sessionId };
}

/** Where somebody with these permissions sits. */
export const desksOf = (permissions: readonly Permission[]): WorkOrderDesk[] =>
  workOrderDesk.values.filter((desk) => permissions.includes(deskPermission[desk]));

export const unitRefOf = ({ id, name, path }: TreeUnit): UnitRef => ({ id, name, path });

function isOld(changedAt: Date | null, maxAgeDays: number): boolean {
  return maxAgeDays > 0 && changedAt !== null && changedAt.getTime() < Date.now() - maxAgeDays * 86_400_000;
}
