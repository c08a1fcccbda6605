import { credentials } from '../../credentials';
import { bearerToken, isSameSecret } from '../auth';
import {
	type Answer,
	isObject,
	json,
	type Provider,
	type ProviderRequest,
	stringOrNothing,
} from '../provider';
import { on } from '../route';
import { flawOf } from './schema';

const MAX_BYTES = 100 * 1024;
const IDENTIFIED_FOR_MS = 7 * 24 * 60 * 60 * 1000;

type Fields = Record<string, unknown>;

/** The Audience API, which has a host of its own. */
const CONTACTS = '/audience/v2/contacts';

const { partnerId, partnerSecret, audienceToken } = credentials.simondata;

/**
 * Checks credentials, which are part of the body. The difference between forbidden and unauthorized isn't documented. Here,
 * the right secret with another partner's ID is forbidden.
 */
function authenticate({ body, headers, path }: ProviderRequest): Answer | undefined {
	if (path === CONTACTS) {
		return isSameSecret(bearerToken(headers) ?? '', audienceToken) ? undefined : { status: 403 };
	}
	if (!isObject(body)) return json(400, { error: 'Invalid JSON body' });
	const isSecretGood = isSameSecret(String(body.partnerSecret), partnerSecret);
	if (!isSecretGood) return json(401, { error: 'Unauthorized' });
	return isSameSecret(String(body.partnerId), partnerId) ? undefined : json(403, { error: 'Forbidden' });
}

const fieldsIn = (value: unknown): Fields => (isObject(value) ? value : {});

/** Whether Simon can identify a visitor: https://docs.simondata.com, “User identity information”. */
class Identities {
	private readonly identifiedAt = new Map<string, number>();

	constructor(private readonly now: () => number) {}

	remember({ clientId }: Fields): void {
		this.identifiedAt.set(String(clientId), this.now());
	}

	suffice({ clientId, event, traits, properties }: Fields): boolean {
		if (event === 'custom' && fieldsIn(properties).requiresIdentity === false) return true;
		if (fieldsIn(traits).email) return true;
		const identifiedAt = this.identifiedAt.get(String(clientId)) ?? -Infinity;
		return this.now() - identifiedAt < IDENTIFIED_FOR_MS;
	}
}

/** The contacts of the Audience API, by email. Other identities and the shape of errors aren't documented. */
class Contacts {
	private readonly all = new Map<string, Fields>();

	remember({ traits }: Fields): void {
		const { email, ...fields } = fieldsIn(traits);
		if (typeof email === 'string') this.all.set(email, { ...this.all.get(email), email, ...fields });
	}

	answer({ query }: ProviderRequest): Answer {
		const identity = /^email:(.+)$/.exec(query.get('identity') ?? '')?.[1];
		const names = (query.get('fields') ?? '').split(',').filter((name) => name !== '');
		const contact = this.all.get(identity ?? '');
		if (contact === undefined || names.length === 0) return { status: 400 };
		const shown = Object.fromEntries(names.map((name) => [name, contact[name] ?? null]));
		return json(200, { status: 'success', contact: shown });
	}
}

function labeled(body: Fields) {
	const { type, event, traits, clientId, userId } = body;
	const email = stringOrNothing(fieldsIn(traits).email);
	const user = stringOrNothing(userId) ?? email ?? stringOrNothing(clientId);
	if (type === 'identify') return { kind: 'contact', body, name: email, user };
	const customName = event === 'custom' ? fieldsIn(body.properties).eventName : undefined;
	return { kind: 'event', body, name: stringOrNothing(customName ?? event), user: email ?? user };
}

const drop = (body: Fields, reason: string): Answer => ({
	status: 200,
	dropped: [{ ...labeled(body), reason }],
});

/**
 * The documented debug flag reports only what the schema forbids. An event whose visitor Simon can't identify is dropped
 * without a word, even with the flag.
 */
const collect =
	(identities: Identities, contacts: Contacts) =>
	(request: ProviderRequest): Answer => {
		const body = fieldsIn(request.body);
		const flaw = request.bytes.length > MAX_BYTES ? `larger than ${MAX_BYTES} bytes` : flawOf(body);
		const isDebugging = fieldsIn(body.context).debug === true;
		if (flaw) return isDebugging ? json(412, { error: flaw }) : drop(body, flaw);
		if (body.type === 'identify') {
			identities.remember(body);
			contacts.remember(body);
		} else if (!identities.suffice(body)) {
			return drop(body, 'no traits.email, and no identify for this clientId');
		}
		return { status: 200, accepted: [labeled(body)] };
	};

/** https://docs.simondata.com/reference/event-ingestion-api */
export const simondata: Provider = {
	title: 'Simon Data',
	basePath: '',
	authenticate,
	openAccount: (now, { people = [] }) => {
		const identities = new Identities(now);
		for (const { userId } of people) identities.remember({ clientId: userId });
		const contacts = new Contacts();
		return [
			on('POST', '/http/v1/collect', collect(identities, contacts)),
			on('GET', CONTACTS, (request) => contacts.answer(request)),
		];
	},
};
