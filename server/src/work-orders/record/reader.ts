import type { Caller } from '../../platform/api.ts';
import type { Db } from '../../platform/db.ts';
import type { RowScope } from '../../platform/store.ts';
import type { Vault } from '../../platform/vault.ts';

/** Who reads, and through what: `db` shows what lies in `scope`. */
export interface OrderReader {
  db: Db;
  vault: Vault;
  caller: Caller;
  scope: RowScope;
}
