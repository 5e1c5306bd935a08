/** Puts text in place of what is selected in an element that React controls, as if it were typed. */
export function insertInto(element: HTMLTextAreaElement | HTMLInputElement, text: string): void {
  const { selectionStart, selectionEnd, value } = element;
  element.focus();
  element.setRangeText(text, selectionStart ?? value.length, selectionEnd ?? value.length, 'end');
  element.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Into the field of that id, when it is on the screen. */
export function insertById(id: string, text: string): void {
  const element = document.getElementById(id);
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) insertInto(element, text);
}
