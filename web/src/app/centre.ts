/** Choices in a page's address that name something of one centre. */
const ofOneCentre = ['unit', 'queue', 'agent'];

/** Where to be after another centre was chosen: the same page with its times and texts, without what was open on it. */
export function pageAfterSwitch(pathname: string, search: string): { pathname: string; search: string } {
  const query = new URLSearchParams(search);
  for (const name of ofOneCentre) query.delete(name);
  return { pathname: `/${pathname.split('/')[1] ?? ''}`, search: query.toString() };
}
