import { omit, pick } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { text } from '../event';
import type { Endpoint, Operation, ProviderRequest, RequestParts } from './definition';
import { readLimit } from './entities';
import { listOf } from './operations';
import { firstPage, readPages, type Paging } from './paging';
import { sendParts } from './parts';
import { record, type Field, type FieldsOf, type RecordOptions } from './record';

/**
 * Operations that are declared as data: the keys of the record become the request. Those in the braces of the
 * endpoint's path go there, and all others into the query of a GET or into the body.
 */
interface Declaration<R> extends Pick<
	Operation<R & object>,
	'resource' | 'operation' | 'action' | 'description' | 'endpoint'
> {
	fields: FieldsOf<R>;
	form?: RecordOptions<R>;
	/** Keys that go into the query of a request with a body. */
	inQuery?: ReadonlyArray<keyof R & string>;
	/** The key by whose value the endpoint is chosen, and the endpoints of values other than that of `endpoint`. */
	chosen?: { by: keyof R & string; endpoints: Record<string, Endpoint> };
	/** The key of a list of IDs, and how many of them one request can hold. More become further requests. */
	inParts?: { of: keyof R & string; most: number };
}

interface Entity {
	schema?: z.ZodType;
	/** For entities of more than 10 fields: those that "Simplify" keeps, in order. */
	simplified?: readonly string[];
	/** Finds the entity in the response, or in an entry of a list. */
	as?: (body: unknown) => unknown;
}

type Parts<R extends object> = Partial<Omit<Operation<R>, keyof Declaration<R> | 'record'>>;

/** An operation that changes something. It can be repeated, unless it says otherwise. */
export function write<R extends Record<string, unknown>>(
	declaration: Declaration<R> & Parts<NoInfer<R>>,
): Operation<R> {
	const { fields, form, chosen, inParts, ...operation } = omit(declaration, 'inQuery');
	return {
		resend: 'safe',
		request: (values) => requestOf(declaration, values),
		...(inParts === undefined ? {} : partsOf(declaration, inParts)),
		...operation,
		...(chosen === undefined ? {} : { otherEndpoints: Object.values(chosen.endpoints) }),
		record: record(fields, form),
	};
}

function partsOf<R extends Record<string, unknown>>(
	declaration: Declaration<R>,
	{ of, most }: NonNullable<Declaration<R>['inParts']>,
): Pick<Operation<R>, 'request' | 'steps'> {
	const idsOf = (values: R) => values[of] as readonly unknown[];
	const requestFor = (values: R, part: readonly unknown[]) =>
		requestOf(declaration, { ...values, [of]: part });
	return {
		request: (values) => requestFor(values, idsOf(values).slice(0, most)),
		steps: (values) => sendParts(idsOf(values), most, (part) => requestFor(values, part)),
	};
}

/** An operation that reads one entity. */
export function get<R extends Record<string, unknown>>(
	declaration: Declaration<R> & Parts<NoInfer<R>> & Entity,
): Operation<R> {
	const { schema, simplified, as, ...operation } = declaration;
	const items = as === undefined ? undefined : (body: unknown) => [as(body)];
	return write({ ...operation, result: { schema, entity: { simplified }, items } });
}

/** An operation that reads a list, one page after the other. */
export function list<R extends Record<string, unknown>>(
	declaration: Declaration<R> & Pick<Operation<NoInfer<R>>, 'subject'> & Entity & { paging: Paging },
): Operation<R> {
	const { paging, schema, simplified, as = (entry) => entry, fields, ...operation } = declaration;
	const requestFor = (values: object) => requestOf(operation, values, ['limit']);
	return write({
		...operation,
		fields: { ...fields, limit } as unknown as FieldsOf<R>,
		request: (values) => firstPage(paging, requestFor(values), limitOf(values)),
		steps: (values) => readPages(paging, requestFor(values), limitOf(values)),
		result: {
			schema,
			entity: { isList: true, simplified },
			items: (body) => listOf(body).map(as),
		},
	});
}

/** An operation that deletes something by its ID. Its form warns that it runs for each item. */
export function remove<R extends Record<string, unknown>>(
	declaration: Declaration<R> & Parts<NoInfer<R>>,
): Operation<R> {
	const moreProperties = [...(declaration.form?.moreProperties ?? []), deletionNotice];
	return write({ ...declaration, form: { ...declaration.form, moreProperties }, result: deleted });
}

export const deletionNotice: INodeProperties = {
	displayName:
		'This operation runs once for each input item and can’t be undone. To run it only once, turn on Execute Once in the node’s settings.',
	name: 'deletionNotice',
	type: 'notice',
	default: '',
};

/** What a deletion returns, whatever the service answers. */
export const deleted: Operation['result'] = {
	schema: z.object({ deleted: z.literal(true) }),
	entity: {},
	items: () => [{ deleted: true }],
};

/** Part of a list's record, although the form's fields are those of all lists. Undefined for all entries. */
const limit: Field<number | undefined> = {
	properties: [],
	schema: z.number().optional(),
	read(fields) {
		const most = readLimit(fields);
		return most === Infinity ? undefined : most;
	},
};

const limitOf = (values: object): number | undefined => (values as { limit?: number }).limit;

function requestOf(
	{ endpoint, inQuery = [], chosen }: Pick<Declaration<never>, 'endpoint' | 'inQuery' | 'chosen'>,
	values: object,
	unsent: string[] = [],
): Partial<ProviderRequest> & RequestParts {
	const choice = chosen === undefined ? undefined : text((values as Record<string, unknown>)[chosen.by]);
	const { method, path } = chosen?.endpoints[choice ?? ''] ?? endpoint;
	const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
	const apart = [...inPath, ...unsent, ...(chosen === undefined ? [] : [chosen.by])];
	const others = Object.keys(values).filter((key) => !apart.includes(key));
	const queried = others.filter((key) => method === 'GET' || (inQuery as string[]).includes(key));
	const body = pick(
		values,
		others.filter((key) => !queried.includes(key)),
	);
	const hasBody = method !== 'GET' && (method !== 'DELETE' || Object.keys(body).length > 0);
	return {
		...(chosen === undefined ? {} : { method, path }),
		params: Object.fromEntries(inPath.map((key) => [key, queryText((values as never)[key])])),
		...(queried.length === 0 ? {} : { query: queryOf(pick(values, queried)) }),
		...(hasBody ? { body: JSON.stringify(body) } : {}),
	};
}

function queryOf(values: object): RequestParts['query'] {
	return Object.fromEntries(
		Object.entries(values)
			.filter(([, value]) => value !== undefined)
			.map(([name, value]) => [name, Array.isArray(value) ? value.map(queryText) : queryText(value)]),
	);
}

const queryText = (value: unknown): string => String(value);
