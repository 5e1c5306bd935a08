/** Every route of the contract: there, with a word on who may call it, and closed to whoever hasn't signed in. */
import { call, getRouter, isProcedure, traverseContractProcedures } from '@orpc/server';
import { contract, type RouteMeta } from '@rexian/contracts';
import { describe, expect, test } from 'vitest';
import { createRouter, type RouterOptions } from './router.ts';

// Nothing of it is touched before somebody may call the route.
const router = createRouter({ config: {}, store: {} } as RouterOptions);
const stranger = { caller: null, client: { address: '192.0.2.1', userAgent: '', secure: false }, sessionToken: null };

const routes: { name: string; path: string[]; meta: Partial<RouteMeta>; method: string | undefined; rest: string }[] =
  [];
traverseContractProcedures({ router: contract, path: [] }, ({ contract: { '~orpc': route }, path }) => {
  const { method, path: rest = '' } = route.route;
  routes.push({ name: path.join('.'), path: [...path], meta: route.meta as Partial<RouteMeta>, method, rest });
});

describe.each(routes)('$name', ({ path, meta }) => {
  const procedure = getRouter(router, path);

  test('is implemented', () => expect(isProcedure(procedure)).toBe(true));

  test('says who may call it and what trace it leaves', () => {
    const known = meta.access === 'public' || meta.access === 'signed_in' || (meta.access?.length ?? 0) > 0;
    expect(known).toBe(true);
    expect(['audit', 'ledger', 'none']).toContain(meta.trace);
  });

  test.runIf(meta.access !== 'public')('refuses a stranger before it looks at anything', async () => {
    if (!isProcedure(procedure)) throw new Error('not implemented');
    const answer = call(procedure, undefined, { context: stranger, path });
    await expect(answer).rejects.toMatchObject({ code: 'UNAUTHORIZED', status: 401 });
  });
});

test('no two routes share a method and a path', () => {
  const addresses = routes.map(({ method, rest }) => `${method} ${rest.replaceAll(/\{\w+\}/g, '{}')}`);
  expect(new Set(addresses).size).toBe(addresses.length);
});
