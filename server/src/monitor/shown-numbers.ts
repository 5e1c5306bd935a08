/** Callers' numbers as boards show them. A board is read again every second: opening each seal every time would be most of its work. */
import { openNumber } from '../contacts/caller-number.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';

/** More calls than are ever open at once. */
const KEPT = 5_000;

/** Keeps masked numbers only. */
export class ShownNumbers {
  readonly #vault: Vault;
  readonly #masked = new Map<string, string>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  of(contactId: string, sealed: Buffer | null): string {
    const known = this.#masked.get(contactId);
    if (known !== undefined) return known;
    const masked = maskNumber(openNumber(this.#vault, sealed));
    const [oldest] = this.#masked.keys();
    if (this.#masked.size >= KEPT && oldest !== undefined) this.#masked.delete(oldest);
    this.#masked.set(contactId, masked);
    return masked;
  }
}
