/**
 * Preloaded into n8n. Its file descriptor 3 is a pipe whose other end the parent holds: when the parent is
 * gone, however it went (kill -9 included), the pipe closes and n8n leaves too. No exit handler of the
 * parent could promise that, and jest's tests do not even see the real `process` to put one on.
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
