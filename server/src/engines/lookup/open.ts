import type { Config } from '../../platform/config.ts';
import { Lookup } from './lookup.ts';
import { readServices } from './services.ts';

/** A lookup that asks where this installation lets it. */
export function openLookup({ LOOKUP_NETWORKS: inside, LOOKUP_SERVICES_FILE: file }: Config): Lookup {
  return new Lookup({ inside, ...(file ? { services: readServices(file) } : {}) });
}

/** One that says things to other platforms. */
export const openPartnerLookup = ({ PARTNER_NETWORKS: inside }: Config): Lookup => new Lookup({ inside });
