import { Alert, App, Button, Form, type FormInstance } from 'antd';
import { type ReactNode, useId, useRef } from 'react';
import { errorText } from '../platform/errors.ts';
import { PageDrawer } from '../platform/PageDrawer.tsx';
import { useFocusBack } from './useFocusBack.ts';
import './forms.css';

type Props<Values extends object> = {
  title: ReactNode;
  initial: Partial<Values>;
  busy: boolean;
  /** The viewer may look, not change. */
  readOnly?: boolean;
  /** The last refusal; what was typed stays. */
  error: unknown;
  okText?: string;
  size?: number;
  form?: FormInstance<Values>;
  onValuesChange?(changed: Partial<Values>, all: Values): void;
  onSubmit(values: Values): void;
  onClose(): void;
  children: ReactNode;
};

/** One record in a form beside its list. Enter saves, Escape closes, but never over what was typed; then the focus is where it was. */
export function FormDrawer<Values extends object>({ title, okText = '保存', size = 460, ...props }: Props<Values>) {
  const [own] = Form.useForm<Values>();
  const form = props.form ?? own;
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  const close = useGuardedClose(form, props.onClose);
  useFocusBack();
  const focusFirst = () => {
    // Whoever was quicker than the opening drawer keeps their place.
    if (body.current && !body.current.contains(document.activeElement)) firstField(body.current)?.focus();
  };
  return (
    <PageDrawer
      open
      title={title}
      size={size}
      onClose={close}
      afterOpenChange={(open) => open && focusFirst()}
      footer={
        <div className="form-footer">
          <Button onClick={close}>{props.readOnly ? '关闭' : '取消'}</Button>
          {!props.readOnly && (
            <Button type="primary" htmlType="submit" form={id} loading={props.busy}>
              {okText}
            </Button>
          )}
        </div>
      }
    >
      <div ref={body}>
        <Form<Values>
          id={id}
          form={form}
          layout="vertical"
          requiredMark={false}
          disabled={props.readOnly ?? false}
          initialValues={props.initial}
          scrollToFirstError
          onValuesChange={props.onValuesChange}
          onFinish={props.onSubmit}
        >
          {props.children}
        </Form>
        {props.error ? <Alert type="error" showIcon title={errorText(props.error)} role="alert" /> : null}
      </div>
    </PageDrawer>
  );
}

function useGuardedClose<Values>(form: FormInstance<Values>, onClose: () => void) {
  const { modal } = App.useApp();
  return () => {
    if (!form.isFieldsTouched()) return onClose();
    modal.confirm({
      title: '放弃未保存的内容？',
      okText: '放弃',
      cancelText: '继续填写',
      okButtonProps: { danger: true },
      onOk: onClose,
    });
  };
}

/** What has to be filled in first; a choice of one is none. */
function firstField(body: HTMLElement): HTMLInputElement | HTMLTextAreaElement | undefined {
  const fields = [...body.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')];
  const alike = ({ name }: HTMLInputElement | HTMLTextAreaElement) => fields.filter((each) => each.name === name);
  return fields.find((each) => each.type !== 'radio' || alike(each).length > 1);
}
