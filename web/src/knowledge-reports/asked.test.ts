import { expect, it } from 'vitest';
import { readWall } from '../platform/beijing.ts';
import { readAsked, writeAsked } from './asked.ts';

/** A Sunday. */
const now = readWall('2026-11-29T12:00:00');
const read = (query: string) => readAsked(new URLSearchParams(query), now);

it('shows the present month of all centres unless said otherwise', () => {
  expect(read('')).toEqual({
    ...{ report: 'maintenance', period: 'month', from: '2026-11-01', to: '2026-11-29', by: 'unit' },
  });
});

it('begins weeks on Monday', () => {
  expect(read('period=week')).toMatchObject({ from: '2026-11-23', to: '2026-11-29' });
});

it('keeps what was asked in the address', () => {
  const query =
    'tab=items&period=other&from=2026-01-01&to=2026-10-31&by=person&unit=a31ff6ea-7b2c-4b2e-9ccd-111111111111&kind=answer&q=留抵&unused=yes';
  const asked = read(query);
  expect(readAsked(writeAsked(asked), now)).toEqual(asked);
  expect(asked).toMatchObject({ report: 'items', from: '2026-01-01', kind: 'answer', search: '留抵', unused: true });
});

it('takes no time that is too long, turned round or no time at all', () => {
  for (const each of ['from=2024-01-01&to=2026-01-01', 'from=2026-02-01&to=2026-01-01', 'from=x&to=2026-01-01'])
    expect(read(`period=other&${each}`).period).toBe('month');
});
