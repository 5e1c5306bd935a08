/**
 * The base that every route is built on. The permission stands beside the route in the contract (contracts/src/route.ts) and is enforced
 * here, as is the trace that a change must leave; what a handler gets to read and write is the database of the viewer's scope.
 */

import type { CookieSerializeOptions } from '@fastify/cookie';
import { implement } from '@orpc/server';
import { contract, type RouteMeta, type Viewer } from '@rexian/contracts';
import { type AuditActor, type AuditEntry, writeAudit } from './audit.ts';
import type { Db, Queryable } from './db.ts';
import { refusal } from './errors.ts';
import type { RowScope, Store } from './store.ts';

/** Who asks: signed in as a person, or a partner's key. */
export interface Caller {
  viewer: Viewer;
  /** What the viewer sees, and what the desk shows: everything of the own centre. */
  scope: RowScope;
  deskScope: RowScope;
  /** Ids of the units in `scope`: queries name them, so that the planner knows how many rows they hold. */
  unitIds: readonly string[];
  /** Of the tree of units that this is the reach in. */
  treeVersion: number;
  sessionId: string | null;
}

/**
 * For what colleagues do together: at least the own centre, however little the lists show of what each has handled. With a chosen centre,
 * only that.
 */
export function sharedScope({ viewer, scope, deskScope }: Caller): RowScope {
  const narrow = viewer.scope === 'own' || viewer.scope === 'unit';
  if (!narrow || viewer.chosenCentre) return scope.patterns.length > 0 ? scope : deskScope;
  return { ...scope, patterns: [...new Set([...deskScope.patterns, ...scope.patterns])] };
}

export interface RequestContext {
  store: Store;
  caller: Caller | null;
  client: { address: string; userAgent: string; secure: boolean };
  sessionToken: string | null;
  /** The request as it came, below REST_PATH; null where nobody signs. */
  raw: { method: string; path: string; header(name: string): string; body: Buffer } | null;
  setCookie(name: string, value: string, options: CookieSerializeOptions): void;
}

/** Writes an entry of this request; in the transaction `db` when one is given. */
export type Audit = (
  entry: Omit<AuditEntry, 'actor' | 'address'> & { actor?: AuditActor },
  db?: Queryable,
) => Promise<void>;

/** What routers are put together with; handlers are built from the ones below. */
export const base = implement(contract).$context<RequestContext>();

/** Routes anyone may call. */
export const publicApi = base.use(async ({ context, procedure, path, next }) => {
  const meta = metaOf(procedure, path);
  if (meta.access !== 'public') throw new Error(`route ${path.join('.')} is not public`);
  const trace = traceOf(context, context.store.system);
  const result = await next({ context: { audit: trace.audit, nothingChanged: trace.nothingChanged } });
  trace.check(meta, path);
  return result;
});

/** Routes for whoever has signed in and holds the permission of the contract. `db` shows what the viewer's scope reaches. */
export const viewerApi = base.use(async ({ context, procedure, path, next }) => {
  const meta = metaOf(procedure, path);
  if (meta.access === 'public') throw new Error(`route ${path.join('.')} is public`);
  const { caller, store } = context;
  if (!caller) throw refusal('UNAUTHORIZED');
  const { viewer } = caller;
  if (meta.by === 'person' && viewer.kind !== 'person') throw refusal('FORBIDDEN');
  if (viewer.due && !meta.whileDue) throw refusal('DUE');
  if (meta.access !== 'signed_in' && !meta.access.some((permission) => viewer.permissions.includes(permission)))
    throw refusal('FORBIDDEN');
  const db: Db = store.scoped(caller.scope);
  const trace = traceOf(context, db);
  const result = await next({
    context: { caller, viewer, db, audit: trace.audit, nothingChanged: trace.nothingChanged },
  });
  trace.check(meta, path);
  return result;
});

/** Routes of the desk: an agent works in the own centre, however little the lists show. */
export const deskApi = viewerApi.use(({ context, next }) =>
  next({ context: { db: context.store.scoped(context.caller.deskScope) } }),
);

type Meta = RouteMeta & { access: NonNullable<RouteMeta['access']> };

/** The contract's word on a route; routes that weren't made by `route()` have none and are refused. */
function metaOf(procedure: { '~orpc': { meta: object } }, path: readonly string[]): Meta {
  const meta = procedure['~orpc'].meta as Partial<RouteMeta>;
  if (!meta.access || !meta.trace) throw new Error(`route ${path.join('.')} does not say who may call it`);
  return meta as Meta;
}

/** Gives a request its `audit`, and notices when a change forgot it without saying that nothing changed. */
function traceOf(context: RequestContext, db: Db) {
  let settled = false;
  const viewer = context.caller?.viewer ?? null;
  const caller: AuditActor | null = viewer && {
    kind: viewer.kind,
    id: viewer.id,
    login: viewer.login,
    name: viewer.name,
  };
  const audit: Audit = async ({ actor, ...entry }, within = db) => {
    await writeAudit(within, { ...entry, actor: actor ?? caller, address: context.client.address });
    settled = true;
  };
  const nothingChanged = () => {
    settled = true;
  };
  const check = (meta: Meta, path: readonly string[]) => {
    if (meta.trace === 'audit' && !settled) throw new Error(`route ${path.join('.')} left no audit entry`);
  };
  return { audit, nothingChanged, check };
}
