import { createSearchParams, useNavigate, useSearchParams } from 'react-router';
import { articlePath, editorPath, KNOWLEDGE_PATH } from './paths.ts';

/** Ways between list, article and editor: the list's filter goes along in the address, so that the way back leads to the same list. */
export function useGoing() {
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const search = createSearchParams(query).toString();
  const go = (pathname: string) => void navigate({ pathname, search });
  return {
    list: { pathname: KNOWLEDGE_PATH, search },
    editor: (id: string) => ({ pathname: editorPath(id), search }),
    article: (id: string) => ({ pathname: articlePath(id), search }),
    toList: () => go(KNOWLEDGE_PATH),
    toArticle: (id: string) => go(articlePath(id)),
    toEditor: (id: string) => go(editorPath(id)),
  };
}
