import { Form } from 'antd';
import type { ReactElement } from 'react';
import type { z } from 'zod';

type Props = { label: string; help?: string; wrong?: string | undefined; children: ReactElement };

/** A labelled control. What is wrong with it is said below. */
export function Field({ label, help, wrong, children }: Props) {
  return (
    <Form.Item
      label={label}
      htmlFor={(children.props as { id?: string }).id ?? ''}
      extra={help}
      help={wrong}
      validateStatus={wrong ? 'error' : ''}
    >
      {children}
    </Form.Item>
  );
}

/** What a schema says of a value: by the path of the field, the first complaint. */
export function wrongIn(schema: z.ZodType, value: unknown): (path: string) => string | undefined {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return (path) => {
    const found = issues.find((issue) => issue.path.join('.').startsWith(path));
    return found && (found.code === 'invalid_type' ? '请填写' : found.message);
  };
}
