import { DownloadOutlined } from '@ant-design/icons';
import type { AnswerFilter } from '@rexian/contracts';
import { Button } from 'antd';
import { useDownload } from '../../exchange/useDownload.ts';
import { client } from '../../platform/api.ts';

/** 导出 of what is listed, in the columns that answers come in by. */
export function ExportAnswers({ filter }: { filter: AnswerFilter }) {
  const exporting = useDownload(() => client.answerImports.export(filter));
  return (
    <Button icon={<DownloadOutlined />} loading={exporting.isPending} onClick={() => exporting.mutate()}>
      导出
    </Button>
  );
}
