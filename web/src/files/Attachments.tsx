import { CloseOutlined, DownloadOutlined, PaperClipOutlined } from '@ant-design/icons';
import { FILE_ENDINGS, FILES_PATH, type StoredFile } from '@rexian/contracts';
import { App, Button, Image, Progress } from 'antd';
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';
import { client } from '../platform/api.ts';
import { wallNow } from '../platform/beijing.ts';
import { dateMinute, fileSize } from '../platform/format.ts';
import { iconOf, isShown } from './kind.ts';
import { type Upload, useUploads } from './useUploads.ts';
import './files.css';

type Props = {
  id?: string;
  files: readonly StoredFile[];
  /** Without it they can be looked at only. */
  onChange?(files: StoredFile[]): void;
  /** How many there may be. */
  limit: number;
};

/** 附件: files dropped, pasted or chosen, each with its way here; pictures are previewed. */
export function Attachments({ id, files, onChange, limit }: Props) {
  return (
    <div className="attachments">
      <Image.PreviewGroup>
        <ul>
          {files.map((file) => (
            <Kept
              key={file.id}
              file={file}
              onRemove={onChange && (() => onChange(files.filter((each) => each.id !== file.id)))}
            />
          ))}
        </ul>
      </Image.PreviewGroup>
      {onChange && <Adding {...(id ? { id } : {})} files={files} onChange={onChange} limit={limit} />}
    </div>
  );
}

function Kept({ file, onRemove }: { file: StoredFile; onRemove: (() => void) | undefined }) {
  const { id, name, mediaType, bytes, bound, fromPlatform, uploadedBy, uploadedAt } = file;
  const address = `${FILES_PATH}/${id}`;
  const Icon = iconOf(name);
  const remove = () => {
    onRemove?.();
    // What the server doesn't hear of, it forgets within a day.
    if (!bound) client.files.remove({ id }).catch(() => undefined);
  };
  return (
    <li>
      <span className="attachment-picture">
        {mediaType.startsWith('image/') ? <Image src={address} alt={name} width={36} height={36} /> : <Icon />}
      </span>
      <a href={isShown(mediaType) ? address : `${address}?download=1`} target="_blank" rel="noreferrer" title={name}>
        {name}
      </a>
      <span className="muted num">
        {fileSize(bytes)}
        {fromPlatform && `，来自${uploadedBy}`}
        {bound && !fromPlatform && !onRemove && `，${uploadedBy} ${dateMinute(uploadedAt)}`}
      </span>
      <Button
        type="text"
        size="small"
        icon={<DownloadOutlined />}
        href={`${address}?download=1`}
        aria-label={`下载${name}`}
      />
      {onRemove && (
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={`删除${name}`} onClick={remove} />
      )}
    </li>
  );
}

const ACCEPT = FILE_ENDINGS.map((ending) => `.${ending}`).join(',');

type AddingProps = Required<Pick<Props, 'onChange'>> & Pick<Props, 'id' | 'files' | 'limit'>;

function Adding({ id, files, onChange, limit }: AddingProps) {
  const { message } = App.useApp();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(files);
  latest.current = files;
  const { uploads, add, again, drop } = useUploads((file) => {
    // Two may arrive before the screen has followed.
    latest.current = [...latest.current, file];
    onChange([...latest.current]);
  });
  const room = limit - files.length - uploads.filter(({ error }) => error === null).length;
  const take = (given: readonly File[]) => {
    if (given.length > room) void message.warning(`最多 ${limit} 个附件`);
    add(given.slice(0, Math.max(0, room)));
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  };
  const onPaste = ({ clipboardData }: ClipboardEvent) => take([...clipboardData.files].map(named));
  return (
    <>
      <ul>
        {uploads.map((each) => (
          <OnItsWay key={each.key} upload={each} onAgain={() => again(each)} onDrop={() => drop(each.key)} />
        ))}
      </ul>
      <button
        type="button"
        id={id}
        className="attachment-drop"
        data-over={over || undefined}
        disabled={room <= 0}
        onClick={() => input.current?.click()}
        onPaste={onPaste}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <PaperClipOutlined /> {room > 0 ? '选择文件，或拖到这里，或在此粘贴' : `已有 ${limit} 个附件`}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={ACCEPT}
        onChange={({ target }) => {
          take([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = '';
        }}
      />
    </>
  );
}

/** Pictures from the clipboard are all called image.png. */
function named(file: File): File {
  if (file.name !== 'image.png') return file;
  const time = wallNow().format('HHmmss');
  return new File([file], `截图${time}.png`, { type: file.type });
}

type OnItsWayProps = { upload: Upload; onAgain(): void; onDrop(): void };

function OnItsWay({ upload: { file, done, error, retry }, onAgain, onDrop }: OnItsWayProps) {
  const Icon = iconOf(file.name);
  return (
    <li data-failed={error !== null || undefined}>
      <span className="attachment-picture">
        <Icon />
      </span>
      <span className="attachment-name" title={file.name}>
        {file.name}
      </span>
      {error === null ? (
        <Progress percent={Math.round(done * 100)} size="small" aria-label={`${file.name}上传进度`} />
      ) : (
        <span className="attachment-error" role="alert">
          {error}
        </span>
      )}
      {error !== null && retry && (
        <Button type="link" size="small" onClick={onAgain}>
          重试
        </Button>
      )}
      <Button type="text" size="small" icon={<CloseOutlined />} aria-label={`取消${file.name}`} onClick={onDrop} />
    </li>
  );
}
