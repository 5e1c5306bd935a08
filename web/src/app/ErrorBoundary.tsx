import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';

type State = { failed: boolean };

/** A fault of the page itself: say so and offer the reload, instead of a white screen. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <PageFault /> : this.props.children;
  }
}

/** A part of the page may be gone as well: the platform was upgraded since it was opened. */
export function PageFault() {
  return (
    <Result
      status="error"
      title="页面出错"
      subTitle="可能是网络中断，或系统刚刚升级。已填写的小结草稿保存在本机，刷新后可继续。"
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          刷新页面
        </Button>
      }
    />
  );
}
