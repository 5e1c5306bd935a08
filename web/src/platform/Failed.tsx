import { Alert, Button } from 'antd';
import { errorText } from './errors.ts';

/** A question to the server that failed, with the way to ask again. */
export function Failed({ error, retry }: { error: unknown; retry(): unknown }) {
  const again = (
    <Button size="small" onClick={() => void retry()}>
      重试
    </Button>
  );
  return <Alert type="error" showIcon title={errorText(error)} action={again} />;
}
