/** `npm run test:queue`: n8n in several processes. It needs Redis and Postgres, so `npm test` leaves it out. */
const { projects, ...config } = require('./jest.config.js');

const host = projects.find(({ displayName }) => displayName === 'host');

/** @type {import('jest').Config} */
module.exports = {
	...config,
	projects: [{ ...host, displayName: 'queue', testMatch: ['<rootDir>/test/queue/**/*.test.ts'] }],
};
