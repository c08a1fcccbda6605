/** `npm run test:queue`: n8n in several processes. `npm test` leaves it out, because it needs Redis and Postgres. */
const { projects, ...config } = require('./jest.config.js');

const host = projects.find(({ displayName }) => displayName === 'host');

/** @type {import('jest').Config} */
module.exports = {
	...config,
	// One n8n with all its processes fills two cores.
	maxWorkers: 1,
	projects: [{ ...host, displayName: 'queue', testMatch: ['<rootDir>/test/queue/**/*.test.ts'] }],
};
