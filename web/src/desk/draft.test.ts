import { beforeEach, describe, expect, it } from 'vitest';
import { dropDraft, emptyDraft, loadDraft, saveDraft, sweepDrafts } from './draft.ts';

class MemoryShelf {
  readonly entries = new Map<string, string>();
  get length() {
    return this.entries.size;
  }
  key = (index: number) => [...this.entries.keys()][index] ?? null;
  getItem = (name: string) => this.entries.get(name) ?? null;
  setItem = (name: string, value: string) => void this.entries.set(name, value);
  removeItem = (name: string) => void this.entries.delete(name);
}

let shelf: MemoryShelf;
beforeEach(() => {
  shelf = new MemoryShelf();
});
const draft = { result: 'resolved' as const, categoryId: null, remark: '咨询个税汇算', whenOver: true };

describe('wrap-up drafts', () => {
  it('survive a reload, one for each leg', () => {
    saveDraft('a', draft, shelf);
    expect(loadDraft('a', shelf)).toMatchObject(draft);
    expect(loadDraft('b', shelf)).toEqual(emptyDraft);
  });
  it('go away once saved', () => {
    saveDraft('a', draft, shelf);
    dropDraft('a', shelf);
    expect(loadDraft('a', shelf)).toEqual(emptyDraft);
  });
  it('ignore what can not be read', () => {
    shelf.setItem('rexian.draft.a', '{oops');
    shelf.setItem('rexian.draft.b', '{"result":"nonsense"}');
    expect(loadDraft('a', shelf)).toEqual(emptyDraft);
    expect(loadDraft('b', shelf)).toEqual(emptyDraft);
  });
  it('are swept after a week, other entries are left alone', () => {
    shelf.setItem('other', 'x');
    saveDraft('old', draft, shelf, 0);
    saveDraft('new', draft, shelf, 8 * 86_400_000);
    sweepDrafts(shelf, 8 * 86_400_000);
    expect([...shelf.entries.keys()]).toEqual(['other', 'rexian.draft.new']);
  });
  it('do not break typing when storage is full', () => {
    const full = Object.assign(new MemoryShelf(), {
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    });
    expect(() => saveDraft('a', draft, full)).not.toThrow();
  });
});
