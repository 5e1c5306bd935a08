import type { SignInStep } from '@rexian/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Divider } from 'antd';
import { useState } from 'react';
import { api } from '../platform/api.ts';
import { useTitle } from '../platform/useTitle.ts';
import { CodeForm } from './CodeForm.tsx';
import { EntranceCard } from './EntranceCard.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { useSsoFailure } from './sso.ts';
import { rememberViewer } from './viewer.ts';

/** 工号 and password, then the one-time password of those who have one. */
export function LoginPage() {
  const queryClient = useQueryClient();
  const [ticket, setTicket] = useState<string | null>(null);
  const [notice, setNotice] = useState(useSsoFailure());
  const { data: options } = useQuery(api.auth.options.queryOptions({ staleTime: 60_000 }));
  useTitle('登录');
  const follow = (step: SignInStep) => {
    setNotice(null);
    if (step.step === 'code') setTicket(step.ticket);
    else rememberViewer(queryClient, step.viewer);
  };
  const restart = (why: string | null) => {
    setTicket(null);
    setNotice(why);
  };
  const trial = options?.trial && (
    <>
      没有话机也能体验：<a href="/try/">来电体验</a>
    </>
  );
  return (
    <EntranceCard foot={trial || undefined}>
      {notice && <Alert type="warning" showIcon role="alert" title={notice} />}
      {ticket ? (
        <CodeForm ticket={ticket} onStep={follow} onRestart={restart} />
      ) : (
        <>
          <PasswordForm onStep={follow} />
          {options?.oidc && (
            <>
              <Divider plain>或</Divider>
              <Button block size="large" href={options.oidc.startPath}>
                {options.oidc.name}
              </Button>
            </>
          )}
        </>
      )}
    </EntranceCard>
  );
}
