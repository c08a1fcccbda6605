/** `npm run test:editor`: n8n's editor in a browser. `npm test` leaves it out, because it takes minutes. */
const { projects, ...config } = require('./jest.config.js');

const host = projects.find(({ displayName }) => displayName === 'host');

/** @type {import('jest').Config} */
module.exports = {
	...config,
	projects: [{ ...host, displayName: 'editor', testMatch: ['<rootDir>/test/editor/**/*.test.ts'] }],
};
