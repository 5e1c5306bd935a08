/** Facts about a taxpayer as they are kept, and as screens show them. */
import type { TaxpayerFacts, TaxpayerMatch } from '@rexian/contracts';
import { maskId, maskName } from '../platform/masking.ts';
import type { TaxpayerQuestion, WireTaxpayer } from './wire.ts';

/** In clear. */
export interface KnownTaxpayer extends Omit<TaxpayerFacts, 'extras'> {
  matchedBy: TaxpayerMatch[];
  extras: { label: string; value: string; personal: boolean }[];
}

/** As it was answered to the question. Whoever was asked for by code was named by somebody. */
export function knownFrom(question: TaxpayerQuestion, wire: WireTaxpayer): KnownTaxpayer {
  const matched = wire.matchedBy?.length ? wire.matchedBy : (['other_phone'] as const);
  return {
    creditCode: wire.creditCode.toUpperCase(),
    name: wire.name,
    legalRepresentative: wire.legalRepresentative ?? '',
    financeManager: wire.financeManager ?? '',
    taxClerk: wire.taxClerk ?? '',
    authority: wire.authority ?? '',
    status: wire.status ?? '',
    creditRating: wire.creditRating ?? '',
    matchedBy: 'number' in question ? [...new Set(matched)] : ['statement'],
    extras: (wire.extras ?? []).map(({ label, value, personal }) => ({ label, value, personal: personal === true })),
  };
}

export const clearFacts = ({ matchedBy: _by, extras, ...facts }: KnownTaxpayer): TaxpayerFacts => ({
  ...facts,
  extras: extras.map(({ label, value }) => ({ label, value })),
});

export function maskedFacts(known: KnownTaxpayer): TaxpayerFacts {
  const clear = clearFacts(known);
  return {
    ...clear,
    creditCode: maskId(clear.creditCode),
    legalRepresentative: maskName(clear.legalRepresentative),
    financeManager: maskName(clear.financeManager),
    taxClerk: maskName(clear.taxClerk),
    extras: known.extras.map(({ label, value, personal }) => ({ label, value: personal ? maskId(value) : value })),
  };
}
