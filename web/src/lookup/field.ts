/** The one field on a page that knowledge is searched in. */
export const LOOKUP_FIELD = 'lookup-text';

/** To write the next question over the last; false: the page has no such field. */
export function focusLookup(): boolean {
  const field = document.getElementById(LOOKUP_FIELD);
  if (!(field instanceof HTMLInputElement)) return false;
  field.focus();
  field.select();
  return true;
}
