export const ANSWERS_PATH = '/answers';
export const answerPath = (id: string): string => `${ANSWERS_PATH}/${id}`;
export const editAnswerPath = (id: string): string => `${answerPath(id)}/edit`;
/** The list of what somebody has to decide, or has proposed, with one of them open. */
export const proposalPath = (tab: 'review' | 'mine', id: string): string => `${ANSWERS_PATH}?tab=${tab}&proposal=${id}`;

/** What a new answer begins with. */
interface Beginning {
  /** The question, of a word that was not found. */
  question?: string;
  /** An answer from above that it stands in for. */
  replaces?: string;
  /** A proposal that was returned or recalled. */
  from?: string;
}
export const newAnswerPath = (beginning: Beginning = {}): string =>
  `${ANSWERS_PATH}/new?${new URLSearchParams({ ...beginning })}`;
