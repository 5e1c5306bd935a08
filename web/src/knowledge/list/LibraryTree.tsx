import type { ArticleFilter, KnowledgeLibrary } from '@rexian/contracts';
import { Spin, Tree, type TreeDataNode } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { Failed } from '../../platform/Failed.tsx';
import { type CategoryNode, forestOf, totalOf } from '../libraries/forest.ts';
import { useLibraries } from '../libraries/useLibraries.ts';

type Place = Pick<ArticleFilter, 'libraryId' | 'categoryId'>;
type Props = { place: Place; onChoose(place: Place): void };

const ALL = 'all';

/** Libraries with their categories and how much is in them; one of them narrows the list. */
export function LibraryTree({ place: { libraryId, categoryId }, onChoose }: Props) {
  const { data, error, refetch } = useLibraries();
  const tree = useMemo(() => treeOf(data ?? []), [data]);
  const choose = (key: string) => {
    if (key === ALL) return onChoose({});
    const library = data?.find(({ id }) => id === key);
    onChoose(library ? { libraryId: key } : { categoryId: key });
  };
  return (
    <nav className="panel knowledge-tree" aria-label="知识库目录">
      {error ? <Failed error={error} retry={refetch} /> : null}
      {!data && !error && <Spin />}
      {data && (
        <Tree
          blockNode
          treeData={tree}
          defaultExpandedKeys={[...data.map(({ id }) => id), ...(categoryId ? [categoryId] : [])]}
          selectedKeys={[categoryId ?? libraryId ?? ALL]}
          onSelect={(_, { node }) => choose(String(node.key))}
        />
      )}
    </nav>
  );
}

function treeOf(libraries: readonly KnowledgeLibrary[]): TreeDataNode[] {
  const forests = libraries.map((library) => ({ library, forest: forestOf(library.categories) }));
  const total = forests.reduce((sum, { forest }) => sum + totalOf(forest), 0);
  return [
    { key: ALL, title: named('全部知识', total), isLeaf: true },
    ...forests.map(({ library: { id, name, enabled }, forest }) => ({
      key: id,
      title: named(<b>{name}</b>, totalOf(forest), enabled),
      children: forest.map((node) => nodeOf(node, enabled)),
    })),
  ];
}

const nodeOf = ({ id, name, total, inUse, children }: CategoryNode, enabled: boolean): TreeDataNode => ({
  key: id,
  title: named(name, total, enabled && inUse),
  children: children.map((child) => nodeOf(child, enabled)),
});

const named = (name: ReactNode, total: number, enabled = true): ReactNode => (
  <span className="knowledge-node" data-off={!enabled || undefined}>
    <span>
      {name}
      {!enabled && '（停用）'}
    </span>
    <span className="muted num">{total}</span>
  </span>
);
