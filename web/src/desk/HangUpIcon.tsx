import { PhoneOutlined } from '@ant-design/icons';

/** The handset laid down. */
export function HangUpIcon() {
  return <PhoneOutlined rotate={225} />;
}
