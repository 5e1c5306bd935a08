/**
 * Word pastes lists as paragraphs: `<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>`, the mark in front of the text in a
 * `<span style='mso-list:Ignore'>`. Here they become lists again.
 */

interface Item {
  level: number;
  /** Which of the document's lists it is of. */
  list: string;
  mark: string;
  element: HTMLElement;
}

/** Makes lists of every run of list paragraphs below `root`. */
export function makeLists(root: ParentNode): void {
  const paragraphs = [...root.querySelectorAll<HTMLElement>('p[style*="mso-list"]')].filter((each) => itemOf(each));
  const left = new Set(paragraphs);
  for (const paragraph of paragraphs) {
    if (!left.has(paragraph)) continue;
    const run: Item[] = [];
    for (let at: Element | null = paragraph; at && left.has(at as HTMLElement); at = at.nextElementSibling) {
      const item = itemOf(at as HTMLElement);
      if (!item) break;
      run.push(item);
      left.delete(at as HTMLElement);
    }
    place(run);
  }
}

function itemOf(element: HTMLElement): Item | null {
  const style = element.getAttribute('style') ?? '';
  const [, list, level] = /mso-list:\s*(l\d+)\s+level(\d)/.exec(style) ?? [];
  const ignored = element.querySelector('span[style*="mso-list"]');
  if (!list || !level) return null;
  return { list, level: Number(level), mark: (ignored?.textContent ?? '').replace(/[\s\u00a0]/g, ''), element };
}

/** `1.`, `（2）`, `a)`, `三、`: what counts. Anything else is a bullet. */
const COUNTED = /^[（(]?(\d+|[a-z]{1,4}|[一二三四五六七八九十百]+)[.．、)）]/i;

function place(run: readonly Item[]): void {
  const open: { list: HTMLElement; level: number; of: string; ordered: boolean }[] = [];
  for (const { element, level, list, mark } of run) {
    const ordered = COUNTED.test(mark);
    while (open.length > 0 && (open.at(-1)?.level ?? 0) > level) open.pop();
    const current = open.at(-1);
    // At the same level but of another kind: another list.
    if (current && current.level === level && (current.ordered !== ordered || current.of !== list)) open.pop();
    if (open.at(-1)?.level !== level) {
      const made = element.ownerDocument.createElement(ordered ? 'ol' : 'ul');
      const start = Number.parseInt(mark.replace(/^\D+/, ''), 10);
      if (ordered && start > 1) made.setAttribute('start', String(start));
      const parent = open.at(-1)?.list.lastElementChild;
      if (parent) parent.append(made);
      else element.before(made);
      open.push({ list: made, level, of: list, ordered });
    }
    open.at(-1)?.list.append(asItem(element));
  }
}

function asItem(paragraph: HTMLElement): HTMLElement {
  const { ownerDocument } = paragraph;
  for (const ignored of paragraph.querySelectorAll('span[style*="mso-list"]')) ignored.remove();
  const item = ownerDocument.createElement('li');
  const text = ownerDocument.createElement('p');
  text.append(...paragraph.childNodes);
  item.append(text);
  paragraph.remove();
  return item;
}
