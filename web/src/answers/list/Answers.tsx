import { knowledgeWriters } from '@rexian/contracts';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { may, useViewer } from '../../auth/viewer.ts';
import { AddButton } from '../../listing/AddButton.tsx';
import { ListTable } from '../../listing/ListTable.tsx';
import { openable } from '../../listing/openable.ts';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api } from '../../platform/api.ts';
import { ImportAnswers } from '../imports/ImportAnswers.tsx';
import { answerPath, newAnswerPath } from '../paths.ts';
import { answerColumns } from './columns.tsx';
import { ExportAnswers } from './ExportAnswers.tsx';
import { readFilter, writeFilter } from './filters.ts';
import { Tools } from './Tools.tsx';

/** The answers that the viewer may read; what was changed last comes first. */
export function Answers() {
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const filter = useMemo(() => readFilter(query), [query]);
  const list = usePages(api.answers.list.infiniteOptions({ input: paged({ ...filter, limit: 50 }), ...paging }));
  const viewer = useViewer();
  const edits = may(viewer, 'knowledge.edit');
  const writes = may(viewer, ...knowledgeWriters);
  return (
    <>
      <Tools filter={filter} onFilter={(next) => setQuery(writeFilter(next))}>
        {edits && <ImportAnswers />}
        {writes && <ExportAnswers filter={filter} />}
        {edits && <AddButton onClick={() => void navigate(newAnswerPath())}>新增问答</AddButton>}
      </Tools>
      <ListTable
        className="clickable"
        list={list}
        columns={answerColumns}
        scroll={{ x: 1100 }}
        rowClassName={({ state }) => (state === 'enabled' ? '' : 'off')}
        onRow={({ id }) => openable(() => void navigate({ pathname: answerPath(id), search: query.toString() }))}
        empty={Object.keys(filter).length > 0 ? '没有符合条件的问答' : '问答库里还没有问答'}
      />
    </>
  );
}
