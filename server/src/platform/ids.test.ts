import { expect, it } from 'vitest';
import { firstIdAt, newId } from './ids.ts';

it('ids of a millisecond are in the order in which they were made, all different, and uuids of version 7', () => {
  for (const at of [1_790_000_000_000, 1_790_000_000_001, 1_700_000_000_000]) {
    const ids = Array.from({ length: 2_000 }, () => newId(at));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.every((id) => id >= firstIdAt(new Date(at)) && id < firstIdAt(new Date(at + 1)))).toBe(true);
  }
});

it('more than a millisecond has room for are still different', () => {
  const ids = Array.from({ length: 10_000 }, () => newId(1_790_000_000_000));
  expect(new Set(ids).size).toBe(ids.length);
});
