import type { Notice } from '@rexian/contracts';

/** So many are told one by one. */
const MOST = 3;

/**
 * What has come since `seen` (an id of the time, null: the page has just opened, what waits there is told by the bell), oldest first.
 * `unread`: newest first.
 */
export function cameSince(
  seen: string | null,
  unread: readonly Notice[],
): { newest: string; told: Notice[]; more: boolean } {
  const newest = [seen ?? '', unread[0]?.id ?? ''].sort().at(-1) ?? '';
  const fresh = seen === null ? [] : unread.filter(({ id }) => id > seen);
  return { newest, told: fresh.slice(0, MOST).reverse(), more: fresh.length > MOST };
}
