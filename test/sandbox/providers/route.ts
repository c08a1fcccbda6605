import type { Answer, Provider, ProviderRequest } from './provider';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
	? Name | ParameterOf<Rest>
	: never;

export interface Route {
	method: Method;
	/** The path in the service's documentation: `/v1/user/{distinct_id}/`. */
	path: string;
	answer(request: ProviderRequest, parameters: Record<string, string>): Answer;
}

export const on = <Path extends string>(
	method: Method,
	path: Path,
	answer: (request: ProviderRequest, parameters: Record<ParameterOf<Path>, string>) => Answer,
): Route => ({ method, path, answer });

function decoded(segment: string): string | undefined {
	try {
		return decodeURIComponent(segment);
	} catch {
		return undefined;
	}
}

/** Returns the decoded values of `{…}` in a documented path, or undefined if the path doesn't match. */
export function parametersIn(template: string, path: string): Record<string, string> | undefined {
	const expected = template.split('/');
	const segments = path.split('/');
	if (segments.length !== expected.length) return undefined;
	const parameters: Record<string, string> = {};
	for (const [index, segment] of segments.entries()) {
		const name = /^\{(.+)\}$/.exec(expected[index] ?? '')?.[1];
		const value = decoded(segment);
		if (name === undefined ? segment !== expected[index] : !value) return undefined;
		if (name !== undefined) parameters[name] = value ?? '';
	}
	return parameters;
}

/** Answers 404 to an unknown path before it checks credentials. The docs don't say which comes first. */
export function answerAs(provider: Provider, routes: readonly Route[], request: ProviderRequest): Answer {
	const here = routes.filter(({ path }) => parametersIn(path, request.path));
	if (here.length === 0) return { status: 404 };
	const route = here.find(({ method }) => method === request.method);
	if (!route) return { status: 405, headers: { allow: here.map(({ method }) => method).join(', ') } };
	const parameters = parametersIn(route.path, request.path) ?? {};
	return provider.authenticate(request) ?? route.answer(request, parameters);
}
