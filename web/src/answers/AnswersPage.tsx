import { Navigate, useParams, useSearchParams } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { AnswerPage } from './answer/AnswerPage.tsx';
import { ChangeAnswerPage, NewAnswerPage } from './editor/EditorPage.tsx';
import { AnswerLists } from './list/AnswerLists.tsx';
import { proposalPath } from './paths.ts';
import './answers.css';

/** 问答库: the lists, one answer, or the editor of one. */
export default function AnswersPage() {
  const { id, act } = useParams();
  const [query] = useSearchParams();
  const tab = may(useViewer(), 'knowledge.review') ? 'review' : 'mine';
  if (!id) return <AnswerLists />;
  // Where notices lead to.
  if (id === 'proposals') return <Navigate to={proposalPath(tab, query.get('id') ?? '')} replace />;
  // Each beginning is an editor of its own.
  if (id === 'new') return <NewAnswerPage key={query.toString()} />;
  return act === 'edit' ? <ChangeAnswerPage key={id} id={id} /> : <AnswerPage key={id} id={id} />;
}
