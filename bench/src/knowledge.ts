/**
 * `bench knowledge`: whether the demo knowledge is found by what callers really say, and how quickly among 20,000 articles with 100,000
 * phrasings. The questions were written before anything was tuned, without a look at the phrasings; half of them served tuning.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Findable, KnowledgeIndex } from '@rexian/knowledge/find.ts';
import { Thesaurus } from '@rexian/knowledge/thesaurus.ts';
import { type DemoKnowledge, demoKnowledge, type Turn } from '@rexian/server/seed/knowledge/content.ts';
import { createRandom, type Random } from '@rexian/simulate';
import { parse } from 'yaml';
import type { BenchResult } from './answer.ts';
import { percentile, rounded, spread } from './figures.ts';
import type { BenchOptions } from './options.ts';

const ARTICLES = 20_000;
const PHRASINGS = 5;
const LIMIT = 20;

export interface KnowledgeQuestion {
  ask: string;
  /** Ids of the pairs that are right, the best first. */
  expect: string[];
  half: 'tuning' | 'final';
  kind: 'colloquial' | 'keywords' | 'typo' | 'pinyin' | 'story';
}

export function readQuestions(): KnowledgeQuestion[] {
  return parse(readFileSync(join(import.meta.dirname, 'knowledge/questions.yaml'), 'utf8')) as KnowledgeQuestion[];
}

export async function knowledge({ seed }: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  const content = demoKnowledge();
  const questions = readQuestions();
  const thesaurus = new Thesaurus(content.terms);
  const demo = filled(thesaurus, answersOf(content));
  const ofHalf = (half: KnowledgeQuestion['half']) => {
    const found = recall(
      demo,
      questions.filter((question) => question.half === half),
    );
    say(`${half}: recall@1 ${found.first}, recall@3 ${found.three}`);
    return found;
  };
  const [tuning, final] = [ofHalf('tuning'), ofHalf('final')];
  const random = createRandom(seed);
  const begin = performance.now();
  const large = filled(thesaurus, manyArticles(content, random));
  const seconds = rounded((performance.now() - begin) / 1_000);
  say(`${ARTICLES} articles with ${ARTICLES * PHRASINGS} phrasings in ${seconds} s, ${megabytes()} MB in all`);
  const ms = questions.map(({ ask }) => {
    const started = performance.now();
    large.search(ask, LIMIT);
    return performance.now() - started;
  });
  say(`search: ${spread(ms)}`);
  return {
    figures: {
      ...{ tuningRecall1: tuning.first, tuningRecall3: tuning.three, recall1: final.first, recall3: final.three },
      ...{ buildSeconds: seconds, megabytes: megabytes(), searchP95Ms: rounded(percentile(ms, 95)) },
    },
    targets: [
      { name: 'recall@1, final half', value: final.first, wanted: { atLeast: 0.75 } },
      { name: 'recall@3, final half', value: final.three, wanted: { atLeast: 0.92 } },
      { name: 'search p95 ms', value: rounded(percentile(ms, 95)), wanted: { atMost: 100 } },
    ],
  };
}

function filled(thesaurus: Thesaurus, all: Iterable<Findable>): KnowledgeIndex {
  const index = new KnowledgeIndex(thesaurus);
  for (const each of all) index.put(each);
  return index;
}

const said = (turn: Turn): string[] =>
  'answer' in turn ? [turn.answer] : [turn.ask, ...turn.choices.flatMap((each) => [each.choice, ...said(each)])];

function answersOf({ articles, pairs }: DemoKnowledge): Findable[] {
  const bySlug = new Map(articles.map((article) => [article.slug, article]));
  return pairs.map((pair) => {
    const { title = '', summary = '', tags = [], markdown = '' } = bySlug.get(pair.article) ?? {};
    const about = [...said(pair), title, summary, ...tags];
    return { id: pair.id, phrasings: [pair.question, ...pair.similar], about, body: markdown };
  });
}

function recall(index: KnowledgeIndex, questions: readonly KnowledgeQuestion[]): { first: number; three: number } {
  const places = questions.map(({ ask, expect }) => index.search(ask, 3).findIndex(({ id }) => expect.includes(id)));
  const share = (count: number) => Math.round((count / questions.length) * 1_000) / 1_000;
  return {
    first: share(places.filter((place) => place === 0).length),
    three: share(places.filter((place) => place >= 0).length),
  };
}

/** Made of the demo knowledge's sentences: its vocabulary, and about its lengths. */
function* manyArticles({ articles, pairs }: DemoKnowledge, random: Random): Generator<Findable> {
  const sentences = articles.flatMap(({ markdown }) =>
    markdown.split(/(?<=[。；\n])/).filter(({ length }) => length > 8),
  );
  const asked = pairs.flatMap(({ question, similar }) => [question, ...similar]);
  const half = (text: string, which: 0 | 1): string => {
    const middle = Math.ceil(text.length / 2);
    return which === 0 ? text.slice(0, middle) : text.slice(middle);
  };
  for (let number = 0; number < ARTICLES; number += 1) {
    const { summary, tags } = random.pick(articles);
    const phrasings = Array.from(
      { length: PHRASINGS },
      () => half(random.pick(asked), 0) + half(random.pick(asked), 1),
    );
    const body = Array.from({ length: 15 }, () => random.pick(sentences)).join('');
    yield { id: String(number), phrasings, about: [summary, ...tags], body };
  }
}

const megabytes = (): number => Math.round(process.memoryUsage().rss / 1e6);
