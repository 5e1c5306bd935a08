import type { Embedder } from '@rexian/knowledge/embedder.ts';
import { expect, it, vi } from 'vitest';
import { Meanings, type MeaningsOptions } from './meanings.ts';
import type { IndexRow } from './rows.ts';

/** How long what comes of itself may take on a busy machine. */
const LATER = { timeout: 10_000 };

/** Texts that hold the same first character mean the same. */
const AXES = '父车契';
class Axes implements Embedder {
  readonly name = 'axes';
  readonly dimensions = AXES.length;
  readonly asked: string[] = [];
  /** Until then it doesn't answer. */
  gate: Promise<void> = Promise.resolve();
  broken = false;

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    this.asked.push(...texts);
    await this.gate;
    if (this.broken) throw new Error('out of memory');
    return texts.map((text) => Float32Array.from(AXES, (axis) => (text.startsWith(axis) ? 1 : 0)));
  }
}

function following(more: Partial<MeaningsOptions> = {}) {
  const stored = new Map<string, { stamp: string; title: string; about?: string[] }>();
  const embedder = new Axes();
  const contents = {
    get ids() {
      return [...stored.keys()];
    },
    stampOf: (id: string) => stored.get(id)?.stamp,
  };
  const rows = async (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const row = stored.get(id);
      const findable = row && { id, phrasings: [row.title], about: row.about ?? [], body: '' };
      return row ? [{ id, stamp: row.stamp, findable } as unknown as IndexRow] : [];
    });
  const [onFollowed, onError] = [vi.fn(), vi.fn()];
  const meanings = new Meanings({ embedder, unrelated: 0.5, contents, rows, onFollowed, onError, ...more });
  const followed = async () => {
    const before = onFollowed.mock.calls.length;
    meanings.follow();
    await vi.waitFor(() => expect(onFollowed.mock.calls.length).toBeGreaterThan(before), LATER);
  };
  const near = async (text: string) => [...(await meanings.near(text)).keys()].sort();
  return { stored, embedder, meanings, followed, near, onFollowed, onError };
}

it('follows what changes, embedding nothing twice', async () => {
  const { stored, embedder, followed, near, onFollowed } = following();
  for (let number = 0; number < 120; number += 1) stored.set(`car ${number}`, { stamp: '1', title: '车' });
  stored.set('parents', { stamp: '1', title: '其他', about: ['', '父母'] });
  await followed();
  expect(onFollowed).toHaveBeenLastCalledWith(121);
  expect(await near('父亲')).toEqual(['parents']);
  expect(await near('车船')).toHaveLength(120);
  embedder.asked.length = 0;
  stored.set('parents', { stamp: '2', title: '契税' });
  stored.delete('car 7');
  await followed();
  expect(embedder.asked).toEqual(['契税']);
  expect(await near('父亲')).toEqual([]);
  expect(await near('契约')).toEqual(['parents']);
  expect(await near('车船')).toHaveLength(119);
});

it('goes on by words when the model is late, and does not line up for it', async () => {
  const { stored, embedder, followed, near } = following({ deadlineMs: 20 });
  stored.set('parents', { stamp: '1', title: '父母' });
  await followed();
  let open = () => {};
  embedder.gate = new Promise((resolve) => {
    open = resolve;
  });
  embedder.asked.length = 0;
  const asked = await Promise.all(Array.from({ length: 10 }, () => near('父亲')));
  expect(asked).toEqual(Array.from({ length: 10 }, () => []));
  expect(embedder.asked).toHaveLength(4);
  open();
  await vi.waitFor(async () => expect(await near('父亲')).toEqual(['parents']), LATER);
});

it('tells once that the model has failed, and does without it from then on', async () => {
  const { stored, embedder, meanings, followed, near, onError } = following();
  stored.set('parents', { stamp: '1', title: '父母' });
  await followed();
  embedder.broken = true;
  expect(await near('父亲')).toEqual([]);
  expect(String(onError.mock.calls[0])).toContain('embedder axes: Error: out of memory');
  embedder.broken = false;
  meanings.follow();
  expect(await near('父亲')).toEqual([]);
  expect(onError).toHaveBeenCalledOnce();
});

it('takes up again what could not be read', async () => {
  const rows = vi.fn<MeaningsOptions['rows']>().mockRejectedValueOnce(new Error('connection lost'));
  const { stored, followed, meanings, near, onError } = following({ rows });
  stored.set('parents', { stamp: '1', title: '父母' });
  meanings.follow();
  await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce(), LATER);
  const findable = { id: 'parents', phrasings: ['父母'], about: [], body: '' };
  rows.mockResolvedValue([{ id: 'parents', stamp: '1', findable } as unknown as IndexRow]);
  await followed();
  expect(await near('父亲')).toEqual(['parents']);
});
