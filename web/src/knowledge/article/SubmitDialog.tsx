import type { Article } from '@rexian/contracts';
import { useSubmit } from './useActs.ts';
import { WordsDialog } from './WordsDialog.tsx';

type Props = {
  article: Pick<Article, 'id' | 'version'> & { writing: Pick<NonNullable<Article['writing']>, 'revision'> | null };
  onSubmitted?(): void;
  onClose(): void;
};

/** Sends the draft in, with a word on what was changed. */
export function SubmitDialog({ article: { id, version, writing }, onSubmitted, onClose }: Props) {
  const submit = useSubmit();
  const send = (note: string) =>
    submit.mutate(
      { id, revision: writing?.revision ?? 0, note },
      {
        onSuccess: () => {
          onClose();
          onSubmitted?.();
        },
      },
    );
  return (
    <WordsDialog
      title="提交审核"
      told={version === null ? '审核通过后发布。' : `审核通过后替换版本 ${version}；在此之前坐席看到的不变。`}
      label={version === null ? '提交说明' : '修订说明'}
      okText="提交"
      most={200}
      isOptional
      busy={submit.isPending}
      error={submit.error}
      onSubmit={send}
      onClose={onClose}
    />
  );
}
