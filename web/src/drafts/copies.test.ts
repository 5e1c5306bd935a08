import { type FlowDocument, flowDocument } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { Copies, type Copy } from './copies.ts';

/** The browser's keeps its entries as its own properties as well. */
function storageOf(): Storage {
  const put = (key: string, value: string) => Object.assign(storage, { [key]: value });
  const methods = {
    getItem: (key: string) => (storage as Record<string, string>)[key] ?? null,
    setItem: put,
    removeItem: (key: string) => void delete (storage as Record<string, unknown>)[key],
  };
  const storage = Object.create(methods);
  return storage;
}

const copy = (minute: number): Copy<FlowDocument> => ({
  document: { start: 'a', nodes: { a: { type: 'hang_up', config: {}, next: {} } } },
  revision: minute,
  at: new Date(Date.UTC(2026, 10, 22, 8, minute)),
});

it('finds the newest copy that another page of the same person left of the same flow', () => {
  const storage = storageOf();
  const page = (name: string, of: Partial<{ person: string; id: string }> = {}) =>
    new Copies(storage, { person: 'p', kind: 'flow', id: 'f', ...of, page: name }, flowDocument);
  page('1').keep(copy(1));
  page('2').keep(copy(2));
  page('mine').keep(copy(3));
  page('4', { person: 'q' }).keep(copy(4));
  page('5', { id: 'g' }).keep(copy(5));
  expect(page('mine').left()).toEqual(copy(2));
  page('mine').forget();
  expect([page('mine').left(), page('new').left()]).toEqual([null, copy(3)]);
  page('mine').drop();
  expect(page('new').left()).toBeNull();
});

it('leaves alone what it can’t read', () => {
  const storage = storageOf();
  storage.setItem('rexian.flow.p.f.1', '{');
  storage.setItem('rexian.flow.p.f.2', '{"document":{}}');
  expect(new Copies(storage, { person: 'p', kind: 'flow', id: 'f', page: '3' }, flowDocument).left()).toBeNull();
});

it('does without where nothing may be kept', () => {
  const storage = storageOf();
  storage.setItem = () => {
    throw new DOMException('', 'QuotaExceededError');
  };
  expect(() =>
    new Copies(storage, { person: 'p', kind: 'flow', id: 'f', page: '1' }, flowDocument).keep(copy(1)),
  ).not.toThrow();
});
