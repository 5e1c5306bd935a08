/** From the secret in a request's Authorization header to the key that asks, and how much more it may ask. */
import type { Permission } from '@rexian/contracts';
import { sql } from 'kysely';
import { callerOf } from '../auth/viewers.ts';
import type { Trees } from '../centres/trees.ts';
import type { Caller } from '../platform/api.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { isFrom } from '../platform/networks.ts';
import { secretHash, secretIn } from './secret.ts';
import { countUse, noteUse, type Use } from './uses.ts';

/** What a request's key came to. `refused` says to nobody outside whether the key was unknown, over or from elsewhere. */
export type KeyCheck = { caller: Caller; ratePerMinute: number; use: Use } | 'refused';

interface Found {
  id: string;
  name: string;
  unitId: string;
  permissions: Permission[];
  networks: string[];
  ratePerMinute: number;
  secretId: string;
  hint: string;
  lastUsedAt: Date | null;
  treeVersion: number;
}

const FOREIGN_TOLD_EVERY_MS = 600_000;
const FOREIGN_KEPT = 1_000;

export class KeyAuthentication {
  readonly #db: Db;
  readonly #trees: Trees;
  /** Key and address that the audit log was told of lately. */
  readonly #foreignTold = new Map<string, number>();

  /** `db` is the engine's: nobody has a scope before they are known. */
  constructor(db: Db, trees: Trees) {
    this.#db = db;
    this.#trees = trees;
  }

  /** `address`: where the request comes from, behind the proxies that are trusted. */
  async check(authorization: string | undefined, address: string): Promise<KeyCheck> {
    const secret = secretIn(authorization);
    const found = secret ? await this.#find(secret) : undefined;
    if (!found) return 'refused';
    const tree = await this.#trees.tree(found.treeVersion);
    const unit = tree.unit(found.unitId);
    if (!unit || !tree.isActive(unit)) return 'refused';
    if (!isFrom(found.networks, address)) {
      await this.#tellForeign(found, address);
      return 'refused';
    }
    const use = await countUse(this.#db, found.id);
    await noteUse(this.#db, found.secretId, found.lastUsedAt, address);
    const caller = callerOf(tree, unit, {
      kind: 'key',
      id: found.id,
      login: loginOf(found),
      name: found.name,
      agentNumber: null,
      roles: [],
      permissions: found.permissions,
      scope: 'subtree',
      entitled: [],
      chosenUnitId: null,
      sessionId: null,
      due: null,
    });
    return { caller, ratePerMinute: found.ratePerMinute, use };
  }

  async #find(secret: string): Promise<Found | undefined> {
    const result = await sql<Found>`
      select k.id, k.name, k.unit_id as "unitId", k.permissions, k.networks, k.rate_per_minute as "ratePerMinute",
        s.id as "secretId", s.hint, s.last_used_at as "lastUsedAt", (select version from unit_tree) as "treeVersion"
      from api_key_secrets s join api_keys k on k.id = s.key_id
      where s.secret_hash = ${secretHash(secret)} and (s.expires_at is null or s.expires_at > now())
        and k.revoked_at is null`.execute(this.#db);
    return result.rows[0];
  }

  /** A right key from a wrong place may have been stolen: the auditor has to see it, but not a thousand times. */
  async #tellForeign(found: Found, address: string): Promise<void> {
    const which = `${found.id} ${address}`;
    if ((this.#foreignTold.get(which) ?? 0) > Date.now() - FOREIGN_TOLD_EVERY_MS) return;
    if (this.#foreignTold.size >= FOREIGN_KEPT) this.#foreignTold.clear();
    this.#foreignTold.set(which, Date.now());
    await writeAudit(this.#db, {
      actor: { kind: 'key', id: found.id, login: loginOf(found), name: found.name },
      address,
      action: 'sign_in_failed',
      subject: { kind: 'api_key', id: found.id, name: `${found.name}（来源地址不在允许范围）` },
      unitId: found.unitId,
    });
  }
}

/** By what the audit log tells one secret of a key from another. */
const loginOf = ({ hint }: Pick<Found, 'hint'>): string => `rxk_…${hint}`;
