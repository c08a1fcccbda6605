import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generation } from './generation';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** The user who signs in to the editor. */
export const OWNER = { email: 'owner@example.test', firstName: 'Test', lastName: 'Owner' };

/**
 * Returns the owner's password, which each state folder has its own of: web pages can reach an n8n on this machine, so it
 * must not be a password that everyone knows.
 */
export async function ownerPassword(stateDir: string): Promise<string> {
	const file = join(stateDir, 'owner-password');
	if (!existsSync(file)) {
		// n8n wants a number and a capital letter.
		await writeFile(file, `${randomBytes(9).toString('base64url')}A1`, { mode: 0o600 });
	}
	return await readFile(file, 'utf8');
}

const FROM_THE_SHELL = [
	'PATH',
	'LANG',
	'LC_ALL',
	'TMPDIR',
	'TEMP',
	'TMP',
	'SystemRoot',
	'ComSpec',
	'PATHEXT',
];

export interface EnvironmentOptions {
	stateDir: string;
	port: number;
	brokerPort: number;
	logLevel: LogLevel;
}

/**
 * Returns n8n's environment: an instance of its own on loopback that calls nothing outside. It inherits little, so that
 * neither the settings of a user's n8n nor jest's NODE_ENV=test change what it does.
 */
export function n8nEnvironment(options: EnvironmentOptions): NodeJS.ProcessEnv {
	const { stateDir, port, brokerPort, logLevel } = options;
	const inherited = FROM_THE_SHELL.map((name) => [name, process.env[name]] as const);
	return {
		...Object.fromEntries(inherited.filter(([, value]) => value !== undefined)),
		HOME: join(stateDir, 'home'),
		TZ: 'UTC',
		GENERIC_TIMEZONE: 'UTC',

		N8N_USER_FOLDER: stateDir,
		N8N_ENCRYPTION_KEY: 'test-host-encryption-key',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_SECURE_COOKIE: 'false',
		N8N_LOG_LEVEL: logLevel,
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',

		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
		EXECUTIONS_DATA_PRUNE: 'false',

		// As in n8n's own images. Otherwise, its answers to bad requests show stack traces.
		NODE_ENV: 'production',

		// Each of these would make n8n call its makers.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',

		// Without its own runner, n8n boots sooner and needs less memory. Code nodes need N8N_RUNNERS_MODE=internal.
		N8N_RUNNERS_MODE: 'external',
		N8N_RUNNERS_AUTH_TOKEN: 'unused',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PYTHON_ENABLED: 'false',

		// The defaults. n8n warns if they are not set.
		N8N_RUNNERS_TASK_TIMEOUT: '60',
		N8N_COMPRESSION_NODE_MAX_DECOMPRESSED_SIZE_BYTES: '268435456',
		N8N_COMPRESSION_NODE_MAX_ZIP_ENTRIES: '1000',

		...generation.environment,
	};
}
