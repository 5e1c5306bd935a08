import { Button } from 'antd';
import { useDesk } from './DeskProvider.tsx';

/** Opens the dialog that asks for the phone. */
export function SignInButton({ label, size = 'middle' }: { label: string; size?: 'middle' | 'large' }) {
  const { own, openSignIn } = useDesk();
  return (
    <Button type="primary" size={size} loading={own.phase === 'signing_in'} onClick={openSignIn}>
      {label}
    </Button>
  );
}
