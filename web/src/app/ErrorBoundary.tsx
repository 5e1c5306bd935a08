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
    if (!this.state.failed) return this.props.children;
    return (
      <Result
        status="error"
        title="页面出错"
        subTitle="已填写的小结草稿保存在本机，刷新后可继续。"
        extra={
          <Button type="primary" onClick={() => location.reload()}>
            刷新页面
          </Button>
        }
      />
    );
  }
}
