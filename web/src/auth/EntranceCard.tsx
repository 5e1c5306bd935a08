import type { ReactNode } from 'react';
import { Logo } from '../platform/Logo.tsx';
import './login.css';

type Props = { title?: string; wide?: boolean; children: ReactNode; foot?: ReactNode };

/** The white card on the dark ground: everything before the shell. */
export function EntranceCard({ title, wide, children, foot }: Props) {
  return (
    <main className="login">
      <section className="login-card" data-wide={wide || undefined} data-due={title ? true : undefined}>
        <header>
          <Logo />
          <div>
            <h1>{title ?? '热线 Rexian'}</h1>
            <p>政务热线呼叫中心平台</p>
          </div>
        </header>
        {children}
      </section>
      {foot && <p className="login-foot">{foot}</p>}
    </main>
  );
}
