import type { ParagraphChange } from '@rexian/contracts';
import { type ChangeObject, diffWords } from 'diff';

/** A piece of a paragraph that was written anew. */
export interface Part {
  change: 'same' | 'added' | 'removed';
  text: string;
}
export type Paragraph = ParagraphChange | { change: 'changed'; parts: Part[] } | { change: 'unchanged'; count: number };

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
/** This much of the shorter of two paragraphs has to be in the other for one to be the other written anew. */
const ALIKE = 0.5;
/** So many paragraphs are looked through for the one that another was made from. */
const FAR = 12;
/** Unchanged paragraphs that are shown around a change. */
const AROUND = 1;

/** Paragraphs that took another's place are shown as one, with the words that differ; long stretches without a change are only counted. */
export function shownParagraphs(changes: readonly ParagraphChange[]): Paragraph[] {
  return shortened(rewritten(changes));
}

function rewritten(changes: readonly ParagraphChange[]): Paragraph[] {
  const shown: Paragraph[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const close = () => {
    shown.push(...matched(removed, added));
    [removed, added] = [[], []];
  };
  for (const change of changes) {
    if (change.change === 'removed') removed.push(change.text);
    else if (change.change === 'added') added.push(change.text);
    else {
      close();
      shown.push(change);
    }
  }
  close();
  return shown;
}

/** What stood in one place before and after; in its order, each paragraph with the one it was made from. */
function matched(removed: readonly string[], added: readonly string[]): Paragraph[] {
  const shown: Paragraph[] = [];
  let gone = 0;
  let come = 0;
  const upTo = (lastGone: number, lastCome: number) => {
    shown.push(...removed.slice(gone, lastGone).map((text) => ({ change: 'removed' as const, text })));
    shown.push(...added.slice(come, lastCome).map((text) => ({ change: 'added' as const, text })));
    [gone, come] = [lastGone, lastCome];
  };
  added.forEach((text, to) => {
    for (let from = gone; from < Math.min(removed.length, gone + FAR); from++) {
      const parts = partsOf(removed[from] ?? '', text);
      if (!parts) continue;
      upTo(from, to);
      shown.push({ change: 'changed', parts });
      [gone, come] = [from + 1, to + 1];
      break;
    }
  });
  upTo(removed.length, added.length);
  return shown;
}

/** null: too little of it is the same. */
function partsOf(before: string, after: string): Part[] | null {
  const parts = diffWords(before, after, { intlSegmenter: segmenter }).map(partOf);
  const same = parts.filter(({ change }) => change === 'same').reduce((sum, { text }) => sum + text.length, 0);
  return same / Math.max(1, Math.min(before.length, after.length)) >= ALIKE ? parts : null;
}

const partOf = ({ value, added, removed }: ChangeObject<string>): Part => ({
  change: added ? 'added' : removed ? 'removed' : 'same',
  text: value,
});

function shortened(paragraphs: readonly Paragraph[]): Paragraph[] {
  const isNear = (index: number) =>
    paragraphs.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ change }) => change !== 'same');
  const shown: Paragraph[] = [];
  paragraphs.forEach((paragraph, index) => {
    const last = shown.at(-1);
    if (paragraph.change !== 'same' || isNear(index)) shown.push(paragraph);
    else if (last?.change === 'unchanged') last.count += 1;
    else shown.push({ change: 'unchanged', count: 1 });
  });
  return shown;
}
