/** A caller's number as rows keep it: sealed, with blind indexes of the whole and of the last four digits. */
import type { Vault } from '../platform/vault.ts';

/** What stands for a withheld number; such rows have nothing sealed. */
export const ANONYMOUS = '匿名';

export interface SealedNumber {
  sealed: Buffer | null;
  index: Buffer | null;
  tail: Buffer | null;
}

export function sealNumber(vault: Vault, number: string): SealedNumber {
  if (number === ANONYMOUS) return { sealed: null, index: null, tail: null };
  return {
    sealed: vault.seal('number', number),
    index: vault.index('number', number),
    tail: vault.tail('number', number),
  };
}

export const openNumber = (vault: Vault, sealed: Uint8Array | null): string =>
  sealed ? vault.open('number', sealed) : ANONYMOUS;
