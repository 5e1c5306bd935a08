import type { Article } from '@rexian/contracts';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { ReadArticle, useArticle } from '../knowledge/document/ArticleReader.tsx';
import { FeedbackForm } from '../knowledge/feedback/FeedbackForm.tsx';
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
          >
            <Tell article={{ id: data.id, title: data.title }} contactId={looking.contactId} />
          </Actions>
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

/** 反馈: what is wrong in it or missing, with the call that it came up in. */
function Tell({ article, contactId }: { article: Pick<Article, 'id' | 'title'>; contactId: string | null }) {
  const [open, setOpen] = useState(false);
  if (!may(useViewer(), 'knowledge.read')) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        反馈
      </Button>
      {open && <FeedbackForm article={article} {...(contactId && { contactId })} onClose={() => setOpen(false)} />}
    </>
  );
}
