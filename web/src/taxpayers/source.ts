import type { TaxpayerSource } from '@rexian/contracts';

export type SourceFacts = Pick<TaxpayerSource, 'enabled' | 'adapter' | 'url' | 'deadlineMs' | 'cacheMinutes'> & {
  /** Empty: the one there is stays. */
  key: string;
  clearsKey: boolean;
};

/** What a question needs, as it is typed. */
export function typedSource({ adapter, url, key, clearsKey, deadlineMs }: SourceFacts) {
  const sent = clearsKey ? { key: null } : key ? { key } : {};
  return { adapter, url: adapter === 'http' ? url : '', deadlineMs, ...sent };
}
