import { Spin } from 'antd';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { WorkflowList } from './list/WorkflowList.tsx';

const EditorPage = lazy(() => import('./editor/EditorPage.tsx'));

/** 工单流程: the list, and the editor of one workflow. */
export default function WorkflowsPage() {
  const { id } = useParams();
  if (!id) return <WorkflowList />;
  return (
    <Suspense fallback={<Spin className="page-spin" size="large" />}>
      <EditorPage workflowId={id} key={id} />
    </Suspense>
  );
}
