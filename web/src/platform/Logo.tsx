/** A headset; the same drawing as favicon.svg. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1d62a6" />
      <path d="M8 17v-2a8 8 0 0 1 16 0v2" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
      <rect x="5.6" y="15.6" width="5" height="8" rx="2.2" fill="#4cc38a" />
      <rect x="21.4" y="15.6" width="5" height="8" rx="2.2" fill="#4cc38a" />
      <path d="M23.8 23.4c0 2.2-2 3.4-5 3.4" fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
