/** `npm run test:conformance`: the judges with all generated cases. `npm test` runs one in twenty of them. */
process.env.CONFORMANCE_RUNS ??= 'all';

const { projects, ...config } = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...config,
	projects: projects.filter(({ displayName }) => displayName === 'conformance'),
};
