import { useParams, useSearchParams } from 'react-router';
import { AnswerPage } from './answer/AnswerPage.tsx';
import { ChangeAnswerPage, NewAnswerPage } from './editor/EditorPage.tsx';
import { AnswerLists } from './list/AnswerLists.tsx';
import './answers.css';

/** 问答库: the lists, one answer, or the editor of one. */
export default function AnswersPage() {
  const { id, act } = useParams();
  const [query] = useSearchParams();
  if (!id) return <AnswerLists />;
  // Each beginning is an editor of its own.
  if (id === 'new') return <NewAnswerPage key={query.toString()} />;
  return act === 'edit' ? <ChangeAnswerPage key={id} id={id} /> : <AnswerPage key={id} id={id} />;
}
