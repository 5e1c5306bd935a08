import type { TaxpayerAdapter, TaxpayerSource } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnit } from '../centres/reach.ts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';
import type { TaxpayerAsking } from './asking.ts';
import { maskedFacts } from './facts.ts';
import { type StoredSource, sourceInForce } from './sources.ts';

interface Typed {
  unitId: string;
  adapter: TaxpayerAdapter;
  url: string;
  key?: string | null | undefined;
}

const STANDARD = {
  enabled: false,
  adapter: 'http',
  url: '',
  hasKey: false,
  deadlineMs: 3_000,
  cacheMinutes: 30,
} as const;

export function taxpayerSourceRoutes({ vault, asking }: { vault: Vault; asking: TaxpayerAsking }) {
  const api = viewerApi.use(({ context: { db, caller, audit, nothingChanged }, next }) => {
    const unitInReach = async (within: Queryable, unitId: string) => {
      const unit = await reachableUnit(within, caller, unitId);
      if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
      return unit;
    };
    const read = async (within: Queryable, unitId: string): Promise<TaxpayerSource> => {
      const unit = await unitInReach(within, unitId);
      const found = await sourceInForce(within, unitId);
      if (!found) return { ...STANDARD, unit, from: null };
      const { enabled, adapter, url, deadlineMs, cacheMinutes } = found;
      return { unit, from: found.unit, enabled, adapter, url, hasKey: found.key !== null, deadlineMs, cacheMinutes };
    };
    /** Runs a change of a unit's row and writes what it made of the settings. */
    const change = (unitId: string, work: (trx: Queryable) => Promise<unknown>): Promise<TaxpayerSource> =>
      db.transaction().execute(async (trx) => {
        const before = await sourceInForce(trx, unitId);
        const { unit } = await read(trx, unitId);
        await work(trx);
        const changed = changeOf(before, await sourceInForce(trx, unitId));
        const subject = { kind: 'taxpayer_source' as const, id: unitId, name: unit.name };
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', subject, unitId, ...changed }, trx);
        return read(trx, unitId);
      });
    return next({ context: { unitInReach, read, change } });
  }).taxpayerSources;
  return {
    get: api.get.handler(({ input, context: { db, read } }) => read(db, input.unitId)),
    save: api.save.handler(({ input, context: { change } }) =>
      change(input.unitId, async (trx) => {
        const { unitId, enabled, adapter, url, deadlineMs, cacheMinutes } = input;
        if (adapter === 'http' && enabled && url === '') throw refusal('REFUSED', '请填写接口地址');
        const facts = { enabled, adapter, url, deadline_ms: deadlineMs, cache_minutes: cacheMinutes };
        const row = { ...facts, version: newId(), key_sealed: await keyOf(trx, vault, input) };
        await trx
          .insertInto('taxpayer_sources')
          .values({ unit_id: unitId, ...row })
          .onConflict((conflict) => conflict.column('unit_id').doUpdateSet(row))
          .execute();
      }),
    ),
    clear: api.clear.handler(({ input: { unitId }, context: { change } }) =>
      change(unitId, (trx) => trx.deleteFrom('taxpayer_sources').where('unit_id', '=', unitId).execute()),
    ),
    test: api.test.handler(async ({ input, context: { db, unitInReach, audit } }) => {
      const unit = await unitInReach(db, input.unitId);
      if (input.adapter === 'http' && input.url === '') throw refusal('REFUSED', '请填写接口地址');
      const key = await keyOf(db, vault, input);
      const begun = performance.now();
      const answer = await asking.test({ ...input, key }, { number: input.number });
      const ms = Math.round(performance.now() - begun);
      const known = 'failure' in answer ? [] : answer.taxpayers;
      const state = 'failure' in answer ? 'failed' : known.length > 0 ? 'found' : 'none';
      const after = { adapter: input.adapter, url: input.url, number: maskNumber(input.number), result: state };
      const subject = { kind: 'taxpayer_source' as const, id: unit.id, name: unit.name };
      await audit({ action: 'looked_up', subject, unitId: unit.id, after });
      const taxpayers = known.map((each) => ({ ...maskedFacts(each), matchedBy: each.matchedBy }));
      return { state, message: 'failure' in answer ? answer.failure : '', ms, taxpayers };
    }),
  };
}

/**
 * The key that is typed, or the unit's own, as long as it goes to the same address: nobody gets a key by sending it elsewhere, or the one of
 * a unit above at all.
 */
async function keyOf(db: Queryable, vault: Vault, { unitId, adapter, url, key }: Typed): Promise<Buffer | null> {
  if (key) return vault.seal('source_key', key);
  if (key === null || adapter === 'demo') return null;
  const { rows } = await sql<{ url: string; key: Buffer | null }>`
    select url, key_sealed as key from taxpayer_sources where unit_id = ${unitId}`.execute(db);
  const [own] = rows;
  if (own?.key && own.url !== url) throw refusal('REFUSED', '接口地址已改变，请重新填写密钥');
  return own?.key ?? null;
}

/** As the audit log tells it; of the key only that it is another. */
function changeOf(before: StoredSource | null, after: StoredSource | null) {
  const told = (source: StoredSource | null) => ({
    enabled: source?.enabled ?? false,
    adapter: source?.adapter ?? null,
    url: source?.url ?? null,
    deadlineMs: source?.deadlineMs ?? null,
    cacheMinutes: source?.cacheMinutes ?? null,
    key: source?.key?.toString('hex') ?? null,
    from: source?.unit.name ?? null,
  });
  const changed = difference(told(before), told(after));
  if (changed?.before.key) changed.before.key = '原密钥';
  if (changed?.after.key) changed.after.key = '新密钥';
  return changed;
}
