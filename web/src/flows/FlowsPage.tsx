import { Spin } from 'antd';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { FlowList } from './list/FlowList.tsx';

const EditorPage = lazy(() => import('./editor/EditorPage.tsx'));

/** 流程管理: the list, and the editor of one flow. */
export default function FlowsPage() {
  const { id } = useParams();
  if (!id) return <FlowList />;
  return (
    <Suspense fallback={<Spin className="page-spin" size="large" />}>
      <EditorPage flowId={id} key={id} />
    </Suspense>
  );
}
