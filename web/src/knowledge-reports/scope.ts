import type { Asked } from './asked.ts';

/** Of what time, and of whose knowledge. */
export const scopeOf = ({ from, to, unitId, libraryId }: Asked) => ({
  ...{ from, to },
  ...(unitId && { unitId }),
  ...(libraryId && { libraryId }),
});

export const itemsOf = (asked: Asked) => ({
  ...scopeOf(asked),
  ...(asked.kind && { kind: asked.kind }),
  ...(asked.search && { search: asked.search }),
  ...(asked.unused && { unused: true }),
});
