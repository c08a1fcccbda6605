/**
 * Ends n8n when its parent ends, even by kill -9. n8n preloads this file. File descriptor 3 is a pipe to the parent, which
 * closes when the parent ends. An exit handler in the parent wouldn't run after kill -9, and jest's tests don't see the
 * real `process`.
 */
const { Socket } = require('node:net');

const GRACE_MS = 10_000;

const pipe = new Socket({ fd: 3 });
pipe.on('error', () => {});
pipe.on('close', () => {
	process.kill(process.pid, 'SIGTERM');
	setTimeout(
		() => process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL'),
		GRACE_MS,
	);
});
pipe.resume();
pipe.unref();
