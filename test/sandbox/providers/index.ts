import { embeddables } from './embeddables';
import type { Given, Provider } from './provider';
import { rehook } from './rehook';
import { relationkit } from './relationkit';
import type { Route } from './route';
import { simondata } from './simondata';
import { suprsend } from './suprsend';

/**
 * Every service that the sandbox plays. Its key is the first segment of its URLs. To add one, add a file in this folder, a
 * line here, and made-up credentials in `credentials.ts`.
 */
export const providers = { relationkit, embeddables, suprsend, rehook, simondata } satisfies Record<
	string,
	Provider
>;

export type ProviderName = keyof typeof providers;

export const providerNames = Object.keys(providers) as ProviderName[];

export const isProviderName = (name: unknown): name is ProviderName =>
	typeof name === 'string' && Object.hasOwn(providers, name);

export type Accounts = Record<ProviderName, readonly Route[]>;

export const openAccounts = (now: () => number, given: Given): Accounts =>
	Object.fromEntries(
		providerNames.map((name) => [name, providers[name].openAccount(now, given)]),
	) as Accounts;
