import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

const texts: Record<string, string> = {
  unknown_person: '统一身份认证已通过，但您的账号尚未在本平台开通，请联系管理员',
  failed: '统一身份认证没有完成，请重试；多次失败时请用工号和密码登录',
  refused: '统一身份认证拒绝了登录，请确认账号后重试',
};

/** What to say about `/?sso=<code>`; null when single sign-on did not bring the person here. */
export function ssoText(search: string): string | null {
  const code = new URLSearchParams(search).get('sso');
  return code === null ? null : (texts[code] ?? texts.failed ?? null);
}

/** Reads the failure once and takes it out of the address, so that a reload does not tell it again. */
export function useSsoFailure(): string | null {
  const { search, pathname } = useLocation();
  const navigate = useNavigate();
  const [text] = useState(() => ssoText(search));
  useEffect(() => {
    if (ssoText(search)) void navigate(pathname, { replace: true });
  }, [search, pathname, navigate]);
  return text;
}
