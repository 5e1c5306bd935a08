import { FileExcelOutlined } from '@ant-design/icons';
import { Button, Upload } from 'antd';
import { useDownload } from '../../exchange/useDownload.ts';
import { client } from '../../platform/api.ts';

type Props = { file: File | null; busy: boolean; onFile(file: File): void };

export function ChooseFile({ file, busy, onFile }: Props) {
  const template = useDownload(() => client.answerImports.template());
  return (
    <>
      <p className="import-steps">
        按
        <Button type="link" loading={template.isPending} onClick={() => template.mutate()}>
          下载模板
        </Button>
        的格式填写，每行一条问答，多个问法用分号或换行隔开。所选的行提交审核，采纳后启用。
      </p>
      <Upload.Dragger
        accept=".xlsx"
        maxCount={1}
        disabled={busy}
        showUploadList={false}
        beforeUpload={(picked) => {
          onFile(picked);
          return false;
        }}
      >
        <p className="answer-import-file">
          <FileExcelOutlined className="import-icon" />
          {file ? file.name : '点击选择 Excel 文件（.xlsx），或拖到这里'}
          {file && <span className="muted">改好后可重新选择</span>}
        </p>
      </Upload.Dragger>
    </>
  );
}
