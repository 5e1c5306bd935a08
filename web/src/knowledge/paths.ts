export const KNOWLEDGE_PATH = '/knowledge';
export const articlePath = (id: string): string => `${KNOWLEDGE_PATH}/${id}`;
export const editorPath = (id: string): string => `${articlePath(id)}/edit`;

/** The article that an address of this console leads to; null: it leads elsewhere. */
export function articleIdOf(address: string): string | null {
  if (!URL.canParse(address, location.href)) return null;
  const { origin, pathname } = new URL(address, location.href);
  const [, id] = new RegExp(`^${KNOWLEDGE_PATH}/([0-9a-f-]{36})$`).exec(pathname) ?? [];
  return origin === location.origin ? (id ?? null) : null;
}
