import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/database-server.ts'],
    // the tests pass in any zone; without one they run in UTC
    env: { TZ: process.env.TZ ?? 'UTC' },
  },
});
