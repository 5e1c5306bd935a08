import {
  FileExcelOutlined,
  FileImageOutlined,
  FileOutlined,
  FilePdfOutlined,
  FilePptOutlined,
  FileTextOutlined,
  FileWordOutlined,
  FileZipOutlined,
  PlayCircleOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';

/** By how names end. */
const icons: Readonly<Record<string, ComponentType>> = {
  pdf: FilePdfOutlined,
  ...{ doc: FileWordOutlined, docx: FileWordOutlined, txt: FileTextOutlined },
  ...{ xls: FileExcelOutlined, xlsx: FileExcelOutlined, csv: FileExcelOutlined },
  ...{ ppt: FilePptOutlined, pptx: FilePptOutlined, zip: FileZipOutlined },
  ...{ jpg: FileImageOutlined, jpeg: FileImageOutlined, png: FileImageOutlined },
  ...{ gif: FileImageOutlined, webp: FileImageOutlined },
  ...{ mp3: PlayCircleOutlined, wav: PlayCircleOutlined, m4a: PlayCircleOutlined, mp4: PlayCircleOutlined },
};

export const iconOf = (name: string): ComponentType =>
  icons[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? FileOutlined;

/** Browsers show these; others are saved. */
export const isShown = (mediaType: string): boolean => /^(image|audio|video)\/|^application\/pdf$/.test(mediaType);
