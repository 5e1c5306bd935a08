import { FileExcelOutlined } from '@ant-design/icons';
import type { ImportKind } from '@rexian/contracts';
import { Alert, App, Button, Modal, Spin, Upload } from 'antd';
import { useState } from 'react';
import { client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { ImportResult } from './ImportResult.tsx';
import { kinds } from './kinds.ts';
import { useDownload } from './useDownload.ts';
import { useImport } from './useImport.ts';

/** Excel import: template, file, check, and only then the import. */
export default function ImportDialog({ kind, onClose }: { kind: ImportKind; onClose(): void }) {
  const { modal } = App.useApp();
  const work = useImport(kind);
  const [saved, setSaved] = useState(false);
  const imported = work.report?.imported === true;
  const unsavedPasswords = imported && (work.report?.passwords.length ?? 0) > 0 && !saved;
  const close = () => {
    if (work.busy) return;
    if (!unsavedPasswords) return onClose();
    modal.confirm({
      title: '还没有下载初始密码，确定关闭？',
      content: '初始密码只显示这一次。关闭后只能逐人重置密码。',
      okText: '关闭',
      cancelText: '返回下载',
      okButtonProps: { danger: true },
      onOk: onClose,
    });
  };
  return (
    <Modal
      open
      width={760}
      title={`导入${kinds[kind].name}`}
      onCancel={close}
      mask={{ closable: false }}
      footer={
        imported ? (
          <Button type="primary" onClick={close}>
            完成
          </Button>
        ) : (
          <>
            <Button onClick={close}>取消</Button>
            <Button
              type="primary"
              disabled={!work.ready}
              loading={work.busy && work.report !== null}
              onClick={work.commit}
            >
              确认导入
            </Button>
          </>
        )
      }
    >
      <div className="import">
        {!imported && <Choose kind={kind} work={work} />}
        {work.tooLarge && <Alert type="error" showIcon title="文件超过 5 MB，请分成几个文件导入" />}
        {work.error && <Alert type="error" showIcon title={errorText(work.error)} />}
        {work.busy && work.report === null && (
          <Spin description="正在检查文件">
            <div className="import-checking" />
          </Spin>
        )}
        {work.report && <ImportResult kind={kind} report={work.report} onSaved={() => setSaved(true)} />}
      </div>
    </Modal>
  );
}

function Choose({ kind, work }: { kind: ImportKind; work: ReturnType<typeof useImport> }) {
  const template = useDownload(() => client.exchange.template({ kind }));
  return (
    <>
      <p className="import-steps">
        按
        <Button type="link" loading={template.isPending} onClick={() => template.mutate()}>
          下载模板
        </Button>
        的格式填写。{kinds[kind].rows}有一行不正确就全部不导入。
      </p>
      <Upload.Dragger
        accept=".xlsx"
        maxCount={1}
        disabled={work.busy}
        showUploadList={false}
        beforeUpload={(file) => {
          void work.choose(file);
          return false;
        }}
      >
        <FileExcelOutlined className="import-icon" />
        <p>{work.file ? work.file.name : '点击选择 Excel 文件（.xlsx），或拖到这里'}</p>
        {work.file && <p className="muted">改好后可重新选择</p>}
      </Upload.Dragger>
    </>
  );
}
