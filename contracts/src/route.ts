/** Every route of the contract is made here, so that none exists without saying who may call it. */
import { oc } from '@orpc/contract';
import type { Permission } from './states/people.ts';

/** `public`: anyone; `signed_in`: whoever has signed in; otherwise whoever has any of the permissions. */
export type Access = 'public' | 'signed_in' | readonly [Permission, ...Permission[]];

export interface RouteMeta {
  /** null only before `route()` has set it; the server refuses to start with such a route. */
  access: Access | null;
  /** `person`: not for partners' API keys. */
  by: 'person' | 'anyone';
  /** May be called while a password change or the enrolment of a one-time password is due. */
  whileDue: boolean;
  /**
   * Where a change leaves its trace: `audit` (the handler must write the audit log, the server checks that it did), `ledger` (contact
   * and agent events tell it) or `none` (nothing of anybody's changes, e.g. a preview).
   */
  trace: 'audit' | 'ledger' | 'none';
}

interface RouteSpec {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below /api/v1, with `{name}` for fields of the input. */
  path: `/${string}`;
  /** Chinese, shown in the API documentation. */
  summary: string;
  tag: string;
  by?: RouteMeta['by'];
  whileDue?: boolean;
  /** Default: `none` for GET, `audit` for everything else. */
  trace?: RouteMeta['trace'];
}

/** Begins a route: who may call it, then where it is. */
export function route(access: Access, spec: RouteSpec) {
  const { method, path, summary, tag } = spec;
  const trace = spec.trace ?? (method === 'GET' ? 'none' : 'audit');
  const meta: RouteMeta = { access, by: spec.by ?? 'anyone', whileDue: spec.whileDue ?? access === 'public', trace };
  return oc.$meta<RouteMeta>(meta).route({ method, path, summary, tags: [tag] });
}
