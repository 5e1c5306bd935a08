import { useRef } from 'react';
import { ReadArticle, useArticle } from '../knowledge/document/ArticleReader.tsx';
import { Actions, type Attach } from './Actions.tsx';
import { NotRead, ReadBox } from './ReadBox.tsx';
import { shortOf } from './short.ts';
import type { Opened } from './state.ts';
import type { Looking } from './useLookup.ts';

type Props = { opened: Opened; looking: Looking; attach: Attach | null };

/** An article, with what it says in short to be handed on, or any passage that is marked. */
export function ArticleView({ opened, looking, attach }: Props) {
  const box = useRef<HTMLElement>(null);
  const { data, error, refetch } = useArticle(opened.id);
  return (
    <ReadBox box={box}>
      {data ? (
        <>
          <Actions
            {...{ looking, attach }}
            subject={{ ...opened, text: shortOf(data), basisId: opened.id }}
            within={box}
          />
          <ReadArticle
            article={data}
            onArticle={(id) => looking.open({ kind: 'article', id, searchId: null, hit: null })}
          />
        </>
      ) : (
        <NotRead error={error} retry={refetch} />
      )}
    </ReadBox>
  );
}
