import { Button } from 'antd';

type Props = {
  shown: number;
  /** How many there are in all, where the server counts them. */
  total?: number;
  more: boolean;
  busy: boolean;
  onMore(): unknown;
};

/** End of a list: more of it, or that this is all. */
export function ListFooter({ shown, total, more, busy, onMore }: Props) {
  if (shown === 0) return null;
  return (
    <footer>
      {more ? (
        <>
          <Button loading={busy} onClick={() => void onMore()}>
            加载更多
          </Button>
          {total !== undefined && (
            <span className="muted">
              {' '}
              已显示 {shown} 条，共 {total} 条
            </span>
          )}
        </>
      ) : (
        <span className="muted">共 {shown} 条，已全部显示</span>
      )}
    </footer>
  );
}
