/** A thread of its own that keeps the index: built from the database, brought up to date when it hears of changes, and looked through regularly. */
import { setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { fold } from '@rexian/knowledge/fold.ts';
import { changedWords } from '@rexian/knowledge/thesaurus.ts';
import { dayName } from '../platform/clock.ts';
import { openDb } from '../platform/db.ts';
import { Contents } from './contents.ts';
import { Meanings } from './meanings.ts';
import type { EmbedderPlace, FromIndex, IndexData, Question, ToIndex } from './questions.ts';
import { answersOf, type IndexRow, indexRows, recentUses, stamps, thesaurusEntries } from './rows.ts';

const { url, lookMs, embedder } = workerData as IndexData;
const port = parentPort;
if (!port) throw new Error('the index is kept by a thread');

/** Rows read at once, and put before questions get their turn. */
const READ = 200;
const PUT = 8;

const contents = new Contents();
let meanings: Meanings | null = null;
const tell = (message: FromIndex) => port.postMessage(message);
const fault = (error: unknown) => tell({ tell: 'fault', error: String(error) });
const { db } = openDb(url, { max: 1, applicationName: 'rexian knowledge index', onError: fault });

/** One after the other: what is read later is put later. */
let work: Promise<unknown> = Promise.resolve();
function then(task: () => Promise<unknown>): void {
  work = work
    .then(task)
    .catch(fault)
    .then(() => meanings?.follow());
}

/** Puts these as they are stored now; those that aren't to be found any more are removed. `only`: others stay as they are. */
async function refresh(ids: readonly string[], only: (row: IndexRow) => boolean = () => true): Promise<void> {
  for (let at = 0; at < ids.length; at += READ) {
    const part = ids.slice(at, at + READ);
    const rows = await indexRows(db, part);
    const there = new Set(rows.map(({ id }) => id));
    for (const id of part) if (!there.has(id)) contents.remove(id);
    for (const [number, row] of rows.filter(only).entries()) {
      contents.put(row);
      if (number % PUT === PUT - 1) await turn();
    }
  }
}

async function refreshTerms(): Promise<void> {
  const terms = await thesaurusEntries(db);
  const words = changedWords(contents.terms, terms);
  if (words.size === 0) return;
  contents.useTerms(terms);
  const says = ({ findable: { phrasings, about, body } }: IndexRow): boolean => {
    const text = fold([...phrasings, ...about, body].join('\n'));
    return [...words].some((word) => text.includes(word));
  };
  await refresh(contents.ids, says);
}

/** Whatever is another one than what is kept. */
async function look(): Promise<void> {
  await refreshTerms();
  const stored = await stamps(db);
  const gone = contents.ids.filter((id) => !stored.has(id));
  const changed = [...stored].filter(([id, stamp]) => contents.stampOf(id) !== stamp).map(([id]) => id);
  await refresh([...gone, ...changed]);
  contents.useUses(await recentUses(db, dayName(new Date())));
}

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'search':
      return contents.search(question, (await meanings?.near(question.text)) ?? new Map());
    case 'suggest':
      return contents.suggest(question);
    case 'mark':
      return contents.mark(question);
  }
}

async function receive(message: ToIndex): Promise<void> {
  switch (message.tell) {
    case 'question':
      try {
        tell({ tell: 'answer', number: message.number, answer: await answer(message.question) });
      } catch (error) {
        tell({ tell: 'failed', number: message.number, error: String(error) });
      }
      return;
    case 'look':
      return then(look);
    case 'changed':
      if (message.what === 'terms') return then(refreshTerms);
      if (message.what === 'answers') return then(() => refresh(message.ids));
      return then(async () => refresh([...message.ids, ...(await answersOf(db, message.ids))]));
  }
}

/** What entries mean is told from here on, the more of them the longer it runs; loaded only where there is a model. */
async function readMeanings({ folder, unrelated }: EmbedderPlace): Promise<void> {
  const begin = performance.now();
  try {
    const { openOnnxEmbedder } = await import('../engines/embedding/onnx.ts');
    const model = await openOnnxEmbedder(folder);
    const { name, dimensions } = model;
    let told = false;
    const onFollowed = (entries: number) => {
      const ms = Math.round(performance.now() - begin);
      if (!told) tell({ tell: 'embedded', embedder: name, dimensions, entries, ms });
      told = true;
    };
    const rows = (ids: readonly string[]) => indexRows(db, ids);
    meanings = new Meanings({ embedder: model, unrelated, contents, rows, onFollowed, onError: fault });
    meanings.follow();
  } catch (error) {
    fault(`KNOWLEDGE_EMBEDDER_DIR: ${(error as Error).message}; words alone are searched`);
  }
}

port.on('message', (message: ToIndex) => void receive(message));

const begin = performance.now();
await look();
tell({ tell: 'ready', entries: contents.size, ms: Math.round(performance.now() - begin) });
setInterval(() => then(look), lookMs);
if (embedder) await readMeanings(embedder);
