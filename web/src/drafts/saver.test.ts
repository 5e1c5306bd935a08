import { ORPCError } from '@orpc/client';
import type { FlowDetail, FlowDocument } from '@rexian/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Copy } from './copies.ts';
import { DraftSaver } from './saver.ts';

const play = (text: string): FlowDocument => ({
  start: 'a',
  nodes: {
    a: { type: 'play', config: { text }, next: { done: 'end' } },
    end: { type: 'hang_up', config: {}, next: {} },
  },
});
const same = (a: FlowDocument, b: FlowDocument) => JSON.stringify(a) === JSON.stringify(b);
const changed = () => new ORPCError('CHANGED', { status: 409, message: '流程已被“李伟”修改' });

/** A server with one flow. `lost`: it saves, but its answers don't arrive; `gone`: nothing arrives. */
class Server {
  flow = { id: 'flow', revision: 1, draft: null, document: play('一') } as unknown as FlowDetail;
  mode: 'up' | 'lost' | 'gone' = 'up';
  saves = 0;

  async save({ revision, document }: { revision: number; document: FlowDocument }) {
    this.saves += 1;
    if (this.mode === 'gone') throw new TypeError('Failed to fetch');
    if (revision !== this.flow.revision) throw changed();
    this.saveAs('我', document);
    if (this.mode === 'lost') throw new DOMException('', 'TimeoutError');
    return { revision: this.flow.revision, at: new Date() };
  }

  async get() {
    if (this.mode !== 'up') throw new TypeError('Failed to fetch');
    return this.flow;
  }

  saveAs(by: string, document: FlowDocument) {
    const revision = this.flow.revision + 1;
    this.flow = {
      ...this.flow,
      revision,
      document: structuredClone(document),
      draft: { revision, at: new Date(), by },
    };
  }
}

let server: Server;
let copy: Copy<FlowDocument> | null;
let first: FlowDocument;
let saver: DraftSaver<FlowDocument, FlowDetail>;

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  copy = null;
  first = server.flow.document;
  const copies = {
    keep: (kept: Copy<FlowDocument>) => {
      copy = kept;
    },
    drop: () => {
      copy = null;
    },
  };
  saver = new DraftSaver({ opened: server.flow, document: first, name: '我', server, copies, same });
});
afterEach(() => {
  vi.useRealTimers();
});

const what = () => saver.state.get().what;

it('saves a second after the last change, once', async () => {
  saver.show(play('二'));
  await vi.advanceTimersByTimeAsync(900);
  saver.show(play('二三'));
  await vi.advanceTimersByTimeAsync(900);
  expect([server.saves, what(), saver.isSaved]).toEqual([0, 'changed', false]);
  await vi.advanceTimersByTimeAsync(100);
  expect([server.saves, what(), saver.isSaved]).toEqual([1, 'saved', true]);
  expect(saver.stored.get()).toMatchObject({ revision: 2, draft: { by: '我' } });
  expect(server.flow.document).toEqual(play('二三'));
  expect(copy).toBeNull();
});

it('has nothing to save when the change was taken back', async () => {
  saver.show(play('二'));
  saver.show(first);
  expect(what()).toBe('saved');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(server.saves).toBe(0);
});

it('saves what was drawn while it saved', async () => {
  saver.show(play('二'));
  const saved = saver.flush();
  saver.show(play('三'));
  expect(await saved).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([server.saves, saver.isSaved]).toEqual([2, true]);
  expect(server.flow.document).toEqual(play('三'));
});

it('keeps trying while nobody answers, and keeps a copy', async () => {
  server.mode = 'gone';
  saver.show(play('二'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(saver.state.get()).toMatchObject({ what: 'failed', again: true });
  expect(copy).toMatchObject({ document: play('二'), revision: 1 });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(server.saves).toBe(2);
  server.mode = 'up';
  await vi.advanceTimersByTimeAsync(5_000);
  expect([what(), copy]).toEqual(['saved', null]);
});

it('takes no lost answer of its own for somebody else', async () => {
  server.mode = 'lost';
  saver.show(play('二'));
  await vi.advanceTimersByTimeAsync(1_000);
  saver.show(play('三'));
  server.mode = 'up';
  await vi.advanceTimersByTimeAsync(5_000);
  expect(what()).not.toBe('conflict');
  await vi.advanceTimersByTimeAsync(1_000);
  expect([what(), server.flow.revision]).toEqual(['saved', 3]);
  expect(server.flow.document).toEqual(play('三'));
});

it('saves again what was taken back while an answer was lost', async () => {
  server.mode = 'lost';
  saver.show(play('二'));
  await vi.advanceTimersByTimeAsync(1_000);
  server.mode = 'up';
  saver.show(first);
  await vi.advanceTimersByTimeAsync(7_000);
  expect([what(), server.flow.document]).toEqual(['saved', first]);
});

it('saves nothing over what somebody else has saved until that is wanted', async () => {
  server.saveAs('李伟', play('他'));
  saver.show(play('二'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(saver.state.get()).toMatchObject({ what: 'conflict', theirs: { draft: { by: '李伟' } } });
  saver.show(play('三'));
  await vi.advanceTimersByTimeAsync(20_000);
  expect([server.saves, await saver.flush()]).toEqual([1, false]);
  expect(server.flow.document).toEqual(play('他'));
  expect(await saver.overwrite()).toBe(true);
  expect([what(), server.flow.document]).toEqual(['saved', play('三')]);
});

it('tells again when somebody saved while the first conflict was looked at', async () => {
  server.saveAs('李伟', play('他'));
  saver.show(play('二'));
  await vi.advanceTimersByTimeAsync(1_000);
  server.saveAs('王芳', play('她'));
  expect(await saver.overwrite()).toBe(false);
  expect(saver.state.get()).toMatchObject({ what: 'conflict', theirs: { draft: { by: '王芳' } } });
  saver.take(server.flow, server.flow.document);
  expect([what(), saver.isSaved]).toEqual(['saved', true]);
});

it('tries what is refused again only after a change', async () => {
  server.save = async () => {
    server.saves += 1;
    throw new ORPCError('FORBIDDEN', { status: 403 });
  };
  saver.show(play('二'));
  await vi.advanceTimersByTimeAsync(30_000);
  expect([server.saves, saver.state.get()]).toMatchObject([1, { what: 'failed', again: false }]);
  saver.show(play('三'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.saves).toBe(2);
});

it('tries once more when the page closes, and then no longer', async () => {
  server.mode = 'gone';
  saver.show(play('二'));
  saver.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([server.saves, copy?.document]).toEqual([1, play('二')]);
});
