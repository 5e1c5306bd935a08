export const KNOWLEDGE_PATH = '/knowledge';
export const articlePath = (id: string): string => `${KNOWLEDGE_PATH}/${id}`;
export const editorPath = (id: string): string => `${articlePath(id)}/edit`;
