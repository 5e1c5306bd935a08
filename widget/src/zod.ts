import { z } from 'zod';

// zod's faster path compiles with `new Function`, which the server's Content-Security-Policy rightly refuses.
z.config({ jitless: true });
