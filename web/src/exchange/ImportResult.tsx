import { DownloadOutlined } from '@ant-design/icons';
import type { ImportKind, ImportReport } from '@rexian/contracts';
import { Alert, Button, Table, type TableColumnType } from 'antd';
import { wallNow } from '../platform/beijing.ts';
import { saveFile } from '../platform/saveFile.ts';
import { kinds } from './kinds.ts';
import { passwordsFile } from './passwordsFile.ts';

type Fault = ImportReport['errors'][number];

const columns: TableColumnType<Fault>[] = [
  { title: '行', dataIndex: 'row', width: 70, align: 'right' },
  { title: '列', dataIndex: 'column', width: 140, render: (column: string | null) => column ?? '整行' },
  { title: '问题', dataIndex: 'message', className: 'wrapping' },
];

type Props = { kind: ImportKind; report: ImportReport; onSaved(): void };

/** What a file would do, what is wrong with it, or what it has done. */
export function ImportResult({ kind, report, onSaved }: Props) {
  return (
    <div className="import-result" data-imported={report.imported} data-errors={report.errors.length}>
      <Verdict kind={kind} report={report} />
      <div className="figures">
        {figures(report).map(([name, value]) => (
          <div className="figure" key={name}>
            <span>{name}</span>
            <b>{value}</b>
          </div>
        ))}
      </div>
      {report.errors.length > 0 && (
        <Table<Fault>
          size="small"
          rowKey={({ row, column, message }) => `${row} ${column} ${message}`}
          columns={columns}
          dataSource={report.errors}
          pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
        />
      )}
      {report.passwords.length > 0 && <Passwords passwords={report.passwords} onSaved={onSaved} />}
    </div>
  );
}

function figures(report: ImportReport): [string, number][] {
  return [
    ['数据行', report.rows],
    ['新增', report.created],
    ['修改', report.changed],
    ['无变化', report.unchanged],
    ['问题', report.errors.length],
  ];
}

function Verdict({ kind, report }: { kind: ImportKind; report: ImportReport }) {
  const { name } = kinds[kind];
  if (report.imported)
    return <Alert type="success" showIcon title={`已导入${name}：新增 ${report.created}，修改 ${report.changed}`} />;
  if (report.errors.length > 0)
    return (
      <Alert
        type="error"
        showIcon
        title={`有 ${report.errors.length} 处问题，尚未导入。请按下表改好文件后重新选择。`}
      />
    );
  if (report.rows === 0) return <Alert type="warning" showIcon title="文件里没有数据行" />;
  if (report.created + report.changed === 0)
    return <Alert type="info" showIcon title="文件与现有数据相同，不需要导入" />;
  return <Alert type="info" showIcon title="检查通过，尚未导入。请核对下面的数目，再点“确认导入”。" />;
}

function Passwords({ passwords, onSaved }: { passwords: ImportReport['passwords']; onSaved(): void }) {
  const download = () => {
    saveFile(passwordsFile(passwords), `初始密码-${wallNow().format('YYYYMMDD-HHmm')}.csv`);
    onSaved();
  };
  return (
    <Alert
      type="warning"
      showIcon
      title={`${passwords.length} 名新人员的初始密码只显示这一次`}
      description="请下载后分别告知本人，用完删除文件。首次登录时须修改密码。"
      action={
        <Button type="primary" icon={<DownloadOutlined />} onClick={download}>
          下载初始密码
        </Button>
      }
    />
  );
}
