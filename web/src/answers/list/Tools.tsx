import { type AnswerFilter, answerState, articleValidity } from '@rexian/contracts';
import { Input, Select, TreeSelect } from 'antd';
import type { ReactNode } from 'react';
import { withoutEmpty } from '../../platform/withoutEmpty.ts';
import { worded } from '../../platform/worded.ts';
import { UnitFilter } from '../../units/UnitFilter.tsx';
import { libraryValue, placeTree, useLibraries, useOwners } from '../places.ts';

type Props = { filter: AnswerFilter; onFilter(filter: AnswerFilter): void; children: ReactNode };

const turns = [
  { value: 'one', label: '单轮' },
  { value: 'many', label: '多轮' },
];
const LIBRARY = libraryValue('');

/** Conditions of the list of answers. */
export function Tools({ filter, onFilter, children }: Props) {
  const { libraries } = useLibraries();
  const owners = useOwners();
  const change = (changed: { [Key in keyof AnswerFilter]: AnswerFilter[Key] | undefined }) =>
    onFilter(withoutEmpty({ ...filter, ...changed }));
  const { libraryId, categoryId, unitId, state, validity, multiTurn, tag, search = '' } = filter;
  const tree = { allowClear: true, treeLine: true, popupMatchSelectWidth: false } as const;
  return (
    <section className="list-tools" aria-label="查询条件">
      <Input.Search
        allowClear
        key={search}
        defaultValue={search}
        aria-label="查找问答"
        placeholder="问题或问法中的文字"
        maxLength={60}
        style={{ width: 190 }}
        onSearch={(typed) => change({ search: typed.trim() || undefined })}
      />
      <TreeSelect<string | undefined>
        {...tree}
        aria-label="知识库或目录"
        placeholder="全部知识库"
        style={{ width: 140 }}
        listHeight={360}
        showSearch={{ treeNodeFilterProp: 'title' }}
        treeNodeLabelProp="label"
        treeData={placeTree(libraries, { whole: true })}
        value={categoryId ?? (libraryId && libraryValue(libraryId))}
        onChange={(chosen) => {
          const library = chosen?.startsWith(LIBRARY) ? chosen.slice(LIBRARY.length) : undefined;
          change({ libraryId: library, categoryId: library ? undefined : chosen });
        }}
      />
      <UnitFilter units={owners} width={120} value={unitId} onChange={(chosen) => change({ unitId: chosen })} />
      <Select
        allowClear
        aria-label="形式"
        placeholder="单轮或多轮"
        style={{ width: 112 }}
        options={turns}
        value={multiTurn === undefined ? null : multiTurn ? 'many' : 'one'}
        onChange={(chosen) => change({ multiTurn: chosen ? chosen === 'many' : undefined })}
      />
      <Select
        allowClear
        aria-label="有效期"
        placeholder="有效期不限"
        style={{ width: 112 }}
        options={worded(articleValidity)}
        value={validity ?? null}
        onChange={(chosen) => change({ validity: chosen ?? undefined })}
      />
      <Select
        allowClear
        aria-label="状态"
        placeholder="全部状态"
        style={{ width: 100 }}
        options={worded(answerState)}
        value={state ?? null}
        onChange={(chosen) => change({ state: chosen ?? undefined })}
      />
      <Input.Search
        allowClear
        key={`tag ${tag ?? ''}`}
        defaultValue={tag ?? ''}
        aria-label="标签"
        placeholder="标签"
        maxLength={20}
        style={{ width: 104 }}
        onSearch={(typed) => change({ tag: typed.trim() || undefined })}
      />
      <span className="list-end">{children}</span>
    </section>
  );
}
