import { defineConfig } from 'vitest/config';

/** One suite over every store that Agenda's jobs can lie in. Only where it runs, a Mongo server is started. */
const JOB_SUITE = 'test/jobs/stores/**/*.test.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    // one for each core: much of the time goes by in waiting for servers and processes of their own
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // once for all projects
    globalSetup: ['test/support/database-server.ts'],
    setupFiles: ['test/support/moments.ts'],
    // the tests pass in any zone; without one they run in UTC
    env: { TZ: process.env.TZ ?? 'UTC' },
    projects: [
      { extends: true, test: { name: 'crier', include: ['test/**/*.test.ts'], exclude: [JOB_SUITE] } },
      { extends: true, test: { name: 'jobs', include: [JOB_SUITE], globalSetup: ['test/support/mongo/server.ts'] } },
    ],
  },
});
