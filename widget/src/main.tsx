import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './zod.ts';
import './styles.css';
import { TrialPage } from './TrialPage.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <TrialPage />
  </StrictMode>,
);
