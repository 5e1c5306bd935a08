import { lazy } from 'react';
import { useParams } from 'react-router';
import { ArticlePage } from './article/ArticlePage.tsx';
import { ArticleList } from './list/ArticleList.tsx';
import './knowledge.css';

const EditorPage = lazy(() => import('./editor/EditorPage.tsx'));

/** 知识管理: the list, one article, and one that is being written. */
export default function KnowledgePage() {
  const { id, act } = useParams();
  if (!id) return <ArticleList />;
  return act === 'edit' ? <EditorPage key={id} id={id} /> : <ArticlePage key={id} id={id} />;
}
