import type { Customer } from '@rexian/contracts';
import type { LedgerReader } from '../contacts/scope.ts';
import { viewerApi } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import { maskId, maskName, maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';
import {
  type ClearCustomer,
  callerOfContact,
  customerById,
  customerOfNumber,
  findCustomers,
  saveCustomer,
  toCustomer,
} from './queries.ts';

export function customerRoutes({ vault }: { vault: Vault }) {
  const api = viewerApi.use(({ context, next }) => {
    const { caller, viewer, store } = context;
    const reader: LedgerReader = { db: context.db, vault, caller };
    // Whoever serves a call may see and add to what the centre knows of its caller.
    const desk = store.scoped({
      ...caller.deskScope,
      patterns: [...caller.deskScope.patterns, ...caller.scope.patterns],
    });
    const can: Customer['can'] = {
      change: viewer.permissions.includes('desk.use'),
      reveal: viewer.permissions.includes('personal.reveal'),
    };
    return next({ context: { reader, desk, can } });
  }).customers;
  return {
    ofContact: api.ofContact.handler(async ({ input, context: { reader, desk, can } }) => {
      const caller = await callerOfContact(reader, input.contactId);
      if (!caller) throw refusal('NOT_FOUND');
      if (caller.withheld) return nothingKnown(caller.number, { change: false, reveal: false });
      const known = await customerOfNumber(desk, vault, caller.unitId, caller.number);
      return known ? toCustomer(known, can) : nothingKnown(caller.number, { ...can, reveal: false });
    }),
    save: api.save.handler(async ({ input, context: { reader, desk, can, viewer, audit, nothingChanged } }) => {
      const { contactId, ...changes } = input;
      const caller = await callerOfContact(reader, contactId);
      if (!caller || caller.withheld) throw refusal('NOT_FOUND');
      const { unitId, number } = caller;
      return desk.transaction().execute(async (trx) => {
        const before = await customerOfNumber(trx, vault, unitId, number);
        const after = await saveCustomer(trx, vault, { unitId, number, personId: viewer.id }, changes);
        const changed = changesOf(before, after);
        if (changed)
          await audit({ action: before ? 'changed' : 'created', subject: subjectOf(after), unitId, ...changed }, trx);
        else nothingChanged();
        return toCustomer(after, can);
      });
    }),
    reveal: api.reveal.handler(async ({ input, context: { reader, audit } }) => {
      const found = await customerById(reader, input.id);
      if (!found) throw refusal('NOT_FOUND');
      await audit({ action: 'revealed', subject: subjectOf(found), unitId: found.unitId });
      const { number, name, idNumber, taxNumber } = found;
      return { number, name, idNumber, taxNumber };
    }),
    find: api.find.handler(async ({ input, context: { reader, can } }) =>
      (await findCustomers(reader, input.text)).map((found) => toCustomer(found, can)),
    ),
  };
}

const nothingKnown = (number: string, can: Customer['can']): Customer => ({
  id: null,
  number: maskNumber(number),
  name: '',
  idNumber: '',
  taxNumber: '',
  company: '',
  changedAt: null,
  can,
});

const subjectOf = ({ id, number, name }: ClearCustomer) => ({
  kind: 'customer' as const,
  id,
  name: [maskNumber(number), maskName(name)].filter(Boolean).join(' '),
});

/** What the audit log may hold of a customer. */
const masked = {
  name: maskName,
  idNumber: maskId,
  taxNumber: maskId,
  company: (value: string) => value,
};

/** Compared in clear, kept masked: two names may look the same behind their stars. Null: nothing changed. */
function changesOf(before: ClearCustomer | null, after: ClearCustomer) {
  const facts = (Object.keys(masked) as (keyof typeof masked)[]).filter(
    (fact) => (before?.[fact] ?? '') !== after[fact],
  );
  if (facts.length === 0) return null;
  const pick = (from: ClearCustomer | null) =>
    Object.fromEntries(facts.map((fact) => [fact, masked[fact](from?.[fact] ?? '')]));
  return { before: pick(before), after: pick(after) };
}
