import { Spin } from 'antd';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { FormList } from './list/FormList.tsx';

const EditorPage = lazy(() => import('./editor/EditorPage.tsx'));

/** 登记表单: the list, and the designer of one form. */
export default function OrderFormsPage() {
  const { id } = useParams();
  if (!id) return <FormList />;
  return (
    <Suspense fallback={<Spin className="page-spin" size="large" />}>
      <EditorPage formId={id} key={id} />
    </Suspense>
  );
}
