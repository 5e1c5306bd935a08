import type { Permission } from '@rexian/contracts';

/** Those who may search: readers, and whoever writes what they read. */
export const readsKnowledge: [Permission, ...Permission[]] = [
  'knowledge.read',
  'knowledge.edit',
  'knowledge.review',
  'knowledge.manage',
];
