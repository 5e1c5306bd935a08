/** What goes from the panel into a message or an order. */
import { ORDER_TEXT_MAX } from '@rexian/contracts';

/** The text with what it rests on, as it is written into 答复内容. */
export const withBasis = (text: string, basis: string): string =>
  basis.trim() ? `${text}（依据：${basis.trim()}）` : text;

/** Below what stands there; what is there already isn't written twice. */
export function addedTo(answer: string, text: string): string {
  if (answer.includes(text)) return answer;
  const before = answer.trimEnd();
  return (before === '' ? text : `${before}\n${text}`).slice(0, ORDER_TEXT_MAX);
}

/** What the person has marked within `element`; empty: nothing there. */
export function markedIn(element: Element | null): string {
  const selection = getSelection();
  if (!element || !selection || selection.isCollapsed || !element.contains(selection.anchorNode)) return '';
  return selection.toString().trim();
}
