import { config } from 'zod';

// zod writes code for each object that it checks and has it compiled. A server checks few messages, most of them once, so
// that takes longer than it saves: 4 ms of a start. It has to be said before the first schema is made.
config({ jitless: true });
