import { expect, it } from 'vitest';
import { pageAfterSwitch } from './centre.ts';

it('keeps the page and its times, but nothing that names another centre', () => {
  const query = '?from=2026-05-01T00%3A00&unit=a&queue=b&agent=c&end=completed';
  expect(pageAfterSwitch('/contacts/0197', query)).toEqual({
    pathname: '/contacts',
    search: 'from=2026-05-01T00%3A00&end=completed',
  });
  expect(pageAfterSwitch('/monitor', '')).toEqual({ pathname: '/monitor', search: '' });
  expect(pageAfterSwitch('/', '')).toEqual({ pathname: '/', search: '' });
});
