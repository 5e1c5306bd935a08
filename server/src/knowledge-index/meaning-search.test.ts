/** The index with a real model of a few hundred bytes: what shares no word with the question, and means it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finds } from '@rexian/knowledge/rank.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type OnnxEmbedder, openOnnxEmbedder } from '../engines/embedding/onnx.ts';
import { writeTinyModel } from '../testing/tiny-model.ts';
import { Contents } from './contents.ts';
import { Meanings } from './meanings.ts';
import type { SearchQuestion } from './questions.ts';
import type { IndexRow } from './rows.ts';

const row = (id: string, title: string, more: Partial<IndexRow> = {}): IndexRow => ({
  ...{ id, title, kind: 'answer', unitId: 'unit', libraryId: 'library', categoryId: 'category', stamp: '1' },
  ...{ regions: [], roleIds: [], sharing: 'all', inUse: true, validFrom: null, validTo: null },
  ...{ changedAt: new Date(), findable: { id, phrasings: [title], about: [], body: '' }, ...more },
});
const rows = [
  row('parents', '父母年纪大怎么扣除'),
  row('car', '车船税怎么交'),
  row('house', '房屋出租怎么开票'),
  row('elsewhere', '父母年纪大', { libraryId: 'another' }),
];

let folder: string;
let embedder: OnnxEmbedder;
const contents = new Contents();
let meanings: Meanings;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meanings-'));
  await writeTinyModel(folder);
  embedder = await openOnnxEmbedder(folder);
  for (const each of rows) contents.put(each);
  const onFollowed = vi.fn();
  meanings = new Meanings({
    ...{ embedder, contents, unrelated: 0.5, onFollowed },
    rows: async (ids) => rows.filter(({ id }) => ids.includes(id)),
    onError: (error) => {
      throw error;
    },
    deadlineMs: 10_000,
  });
  meanings.follow();
  await vi.waitFor(() => expect(onFollowed).toHaveBeenCalledWith(rows.length), { timeout: 20_000 });
}, 30_000);
afterAll(async () => {
  await embedder?.close();
  await rm(folder, { recursive: true, force: true });
});

const question = (text: string): SearchQuestion => ({
  ...{ ask: 'search', text, owners: [], unitId: 'unit', today: '2026-10-01', filters: {}, validity: 'valid', most: 9 },
  reach: { unitIds: ['unit'], libraryIds: ['library'], writes: false, roleIds: [], public: false },
});
async function asked(text: string, plugged: boolean) {
  const answer = contents.search(question(text), plugged ? await meanings.near(text) : new Map());
  const scores = answer.found.map(({ score }) => score);
  return { ids: answer.found.map(({ id }) => id), finds: finds(scores, answer.whole) };
}

it('finds by meaning what shares no word, within reach alone', async () => {
  expect(await asked('爹娘', false)).toEqual({ ids: [], finds: 0 });
  expect(await asked('爹娘', true)).toEqual({ ids: ['parents'], finds: 1 });
  expect((await asked('小狗', true)).finds).toBe(0);
});

it('puts what is meant before what says more of the words', async () => {
  expect((await asked('房子怎么交', false)).ids[0]).toBe('car');
  expect((await asked('房子怎么交', true)).ids[0]).toBe('house');
});
