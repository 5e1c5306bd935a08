import { CopyOutlined, DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useViewer } from '../auth/viewer.ts';
import { useCopy } from '../platform/copy.ts';
import { saveFile } from '../platform/saveFile.ts';

/** Shown once: without them a lost telephone needs the security administrator. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept(): void }) {
  const viewer = useViewer();
  const copy = useCopy();
  const [kept, setKept] = useState(false);
  const text = codes.join('\n');
  const download = () => {
    const head = `热线 Rexian 恢复码\n工号：${viewer.login}\n每个恢复码只能使用一次，请妥善保管。\n\n`;
    saveFile(new Blob([`${head}${text}\n`], { type: 'text/plain;charset=utf-8' }), `恢复码-${viewer.login}.txt`);
    setKept(true);
  };
  return (
    <div className="recovery">
      <Alert
        type="success"
        showIcon
        title="动态口令已绑定"
        description="请保存以下恢复码：手机丢失或更换时，用一个恢复码代替动态口令登录。恢复码只显示这一次，每个只能使用一次。"
      />
      <ol className="recovery-codes" data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="account-buttons">
        <Button
          icon={<CopyOutlined />}
          onClick={() => {
            void copy(text, '恢复码已复制');
            setKept(true);
          }}
        >
          复制
        </Button>
        <Button icon={<DownloadOutlined />} onClick={download}>
          下载
        </Button>
      </div>
      <Checkbox checked={kept} onChange={(event) => setKept(event.target.checked)}>
        我已保存恢复码
      </Checkbox>
      <Button type="primary" disabled={!kept} onClick={onKept}>
        完成
      </Button>
    </div>
  );
}
