/** The base that every route is built on: the context of a request, and the permission that stands beside each route. */

import type { CookieSerializeOptions } from '@fastify/cookie';
import { implement } from '@orpc/server';
import { contract, type Permission, type Viewer } from '@rexian/contracts';
import { refusal } from './errors.ts';

export interface RequestContext {
  viewer: Viewer | null;
  client: { address: string; userAgent: string };
  sessionToken: string | null;
  setCookie(name: string, value: string, options: CookieSerializeOptions): void;
}

/** Routes anyone may call. */
export const publicApi = implement(contract).$context<RequestContext>();

/** Routes for whoever is logged in. */
export const viewerApi = publicApi.use(({ context, next }) => {
  if (!context.viewer) throw refusal('UNAUTHORIZED');
  return next({ context: { viewer: context.viewer } });
});

/** Routes for those with any of the permissions. */
export function permitted(...permissions: [Permission, ...Permission[]]) {
  return viewerApi.use(({ context, next }) => {
    if (!permissions.some((permission) => context.viewer.permissions.includes(permission))) throw refusal('FORBIDDEN');
    return next();
  });
}
