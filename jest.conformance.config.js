/** `npm run test:conformance`: the judges alone, with all their generated cases; `npm test` has a part of them. */
process.env.CONFORMANCE_RUNS ??= 'all';

const { projects, ...config } = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...config,
	projects: projects.filter(({ displayName }) => displayName === 'conformance'),
};
