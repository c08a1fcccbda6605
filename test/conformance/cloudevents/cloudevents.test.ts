import fc from 'fast-check';
import { decodeBody } from '../../../nodes/shared/formats';
import type { Converted } from '../../../nodes/shared/formats';
import { requireClient } from '../../host/clients';
import { now } from '../../unit/event/helpers';
import { convertAll } from '../../unit/formats/helpers';
import { properties } from '../generators';
import { generatedCases, judgedBy, testDifferences } from '../judging';

type Attributes = Record<string, unknown>;

/** The part of their SDK that the tests use. */
interface Message {
	headers: Record<string, unknown>;
	body: unknown;
}
interface SdkEvent extends Attributes {
	validate(): boolean;
	toString(): string;
}
interface Sdk {
	CloudEvent: new (attributes: Attributes, strict?: boolean) => SdkEvent;
	HTTP: {
		binary(event: SdkEvent): Message;
		structured(event: SdkEvent): Message;
		toEvent(message: Message): SdkEvent | SdkEvent[];
	};
}

const judge = judgedBy('cloudEvents');
let sdk: Sdk;

beforeAll(async () => {
	sdk = await requireClient<Sdk>('cloudevents');
});

/** Converts a message to what reaches the trigger: header values are text, and the body is bytes. */
function weTake({ headers, body }: Message): Converted {
	const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
	const decoded = decodeBody(Buffer.from(String(body)), { contentType: undefined });
	return convertAll({
		headers: Object.fromEntries(texts) as Record<string, string>,
		body: decoded?.body,
	});
}

function theyTake(message: Message): SdkEvent[] {
	const events = [sdk.HTTP.toEvent({ ...message, headers: { ...message.headers } })].flat();
	if (events.every((event) => event.validate())) return events;
	throw new Error('There is an event that is not valid');
}

const theyRefuse = (message: Message): boolean => {
	try {
		theyTake(message);
		return false;
	} catch {
		return true;
	}
};

const weRefuse = (message: Message): boolean => weTake(message).events.length === 0;

/** Returns what they read, with the names of our events' fields. */
function asOurs(event: SdkEvent): Attributes {
	const { id, type, time, subject, data, data_base64: _, ...others } = { ...event };
	const attributes = Object.entries({ ...others, subject }).filter(([, value]) => value !== undefined);
	return {
		event: type,
		messageId: id,
		userId: subject,
		timestamp: new Date(String(time)).toISOString(),
		properties: data ?? {},
		context: { cloudevents: Object.fromEntries(attributes) },
	};
}

/** Characters that the SDK puts into headers unchanged. Others are tested as a difference. */
const printable = fc.stringMatching(/^[!#$&-~]{1,40}$/);
const anyText = fc
	.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
	.filter((text) => text === text.trim() && text !== '');

const attributesWith = (text: fc.Arbitrary<string>, extension: fc.Arbitrary<unknown>) =>
	fc
		.record(
			{
				id: text,
				type: text,
				source: fc.constantFrom('/shop', 'https://example.com/shop?a=b', 'urn:uuid:1', '../up'),
				subject: text,
				time: fc
					.date({ min: new Date('1970-01-02'), max: new Date(now), noInvalidDate: true })
					.map((date) => date.toISOString()),
				datacontenttype: fc.constantFrom('application/json', 'application/json; charset=utf-8'),
				dataschema: fc.constantFrom('https://example.com/schema', 'urn:schema:1'),
				data: properties,
				extensions: fc.dictionary(fc.stringMatching(/^ext[a-z0-9]{0,12}$/), extension, {
					maxKeys: 4,
					noNullPrototype: true,
				}),
			},
			{ requiredKeys: ['id', 'type', 'source', 'subject', 'time'], noNullPrototype: true },
		)
		.map(({ extensions, ...attributes }): Attributes => ({ ...attributes, ...extensions }));

const inHeaders = attributesWith(printable, printable);
const inJson = attributesWith(anyText, fc.oneof(anyText, fc.integer(), fc.boolean()));

const bothRead = async (message: Message) =>
	await judge.agrees(() => {
		const { events, rejected } = weTake(message);
		expect(rejected).toEqual([]);
		expect(events).toHaveLength([theyTake(message)].flat().length);
		for (const [index, event] of theyTake(message).entries())
			expect(events[index]).toMatchObject(asOurs(event));
	});

describe('what they send, we read as they do', () => {
	test('in binary mode', async () => {
		await fc.assert(
			fc.asyncProperty(inHeaders, async (attributes) => {
				// Without data there is no body, and the trigger requires one.
				const event = new sdk.CloudEvent({ data: {}, ...attributes });
				await bothRead(sdk.HTTP.binary(event));
			}),
			generatedCases(1500),
		);
	});

	test('in structured mode', async () => {
		await fc.assert(
			fc.asyncProperty(
				inJson,
				async (attributes) => await bothRead(sdk.HTTP.structured(new sdk.CloudEvent(attributes))),
			),
			generatedCases(1500),
		);
	});

	test('in batches', async () => {
		const batches = fc.uniqueArray(inJson, { selector: ({ id }) => id, minLength: 1, maxLength: 10 });
		await fc.assert(
			fc.asyncProperty(batches, async (batch) => {
				const body = `[${batch.map((attributes) => new sdk.CloudEvent(attributes).toString()).join(',')}]`;
				await bothRead({ headers: { 'content-type': 'application/cloudevents-batch+json' }, body });
			}),
			generatedCases(500),
		);
	});
});

const structured = (attributes: Attributes): Message => ({
	headers: { 'content-type': 'application/cloudevents+json' },
	body: JSON.stringify(attributes),
});

const whole = { specversion: '1.0', id: '1', type: 'order.paid', source: '/shop', subject: 'user-1' };

describe('what they refuse, we refuse', () => {
	const spoilt = fc
		.tuple(
			inJson,
			fc.constantFrom('id', 'type', 'source', 'specversion'),
			fc.constantFrom<unknown>('', {}, [], true),
			fc.constantFrom('type', 'source'),
			fc.constantFrom<unknown>(undefined, null),
		)
		.chain(([attributes, any, wrong, needed, missing]) =>
			fc.constantFrom(
				{ specversion: '1.0', ...attributes, [any]: wrong },
				{ specversion: '1.0', ...attributes, [needed]: missing },
				{ ...attributes, specversion: '2.0' },
				{ ...attributes, specversion: '0.3' },
			),
		)
		// A difference if they fill in what is empty.
		.filter(({ id, specversion }: Attributes) => id !== '' && specversion !== '');

	test('in structured mode', async () => {
		await fc.assert(
			fc.asyncProperty(spoilt, async (attributes) => {
				const message = structured(attributes);
				await judge.agrees(() => {
					expect({ attributes, they: theyRefuse(message) }).toEqual({ attributes, they: true });
					expect({ attributes, we: weRefuse(message) }).toEqual({ attributes, we: true });
				});
			}),
			generatedCases(1000),
		);
	});

	test('and not the same, whole', async () => {
		await bothRead(structured({ ...whole, time: '2024-01-02T03:04:05.678Z' }));
	});
});

const onlyWeRefuse = (message: Message) => {
	expect({ they: theyRefuse(message), we: weRefuse(message) }).toEqual({ they: false, we: true });
};
const onlyTheyRefuse = (message: Message) => {
	expect({ they: theyRefuse(message), we: weRefuse(message) }).toEqual({ they: true, we: false });
};

testDifferences('cloudEvents', judge, {
	async madeUpAttributes() {
		for (const name of ['id', 'specversion']) {
			onlyWeRefuse(structured({ ...whole, [name]: undefined }));
			onlyWeRefuse(structured({ ...whole, [name]: '' }));
		}
	},

	async numbersForTexts() {
		onlyTheyRefuse(structured({ ...whole, id: 7 }));
		onlyTheyRefuse(structured({ ...whole, type: 7 }));
		expect(weTake(structured({ ...whole, id: 7 })).events).toMatchObject([{ messageId: '7' }]);
	},

	async sources() {
		const message = structured({ ...whole, source: 'our shop <1>' });
		onlyTheyRefuse(message);
		expect(weTake(message).events).toMatchObject([{ context: { cloudevents: { source: 'our shop <1>' } } }]);
	},

	async futureTimes() {
		const time = new Date(now + 3_600_000).toISOString();
		expect(theyTake(structured({ ...whole, time }))).toMatchObject([{ time }]);
		const { events } = weTake(structured({ ...whole, time }));
		expect(events).toMatchObject([{ timestamp: new Date(now).toISOString() }]);
	},

	async percentEncoding() {
		const message = sdk.HTTP.binary(new sdk.CloudEvent({ ...whole, subject: 'J%C3%BCrgen', data: {} }));
		expect(theyTake(message)).toMatchObject([{ subject: 'J%C3%BCrgen' }]);
		expect(weTake(message).events).toMatchObject([{ userId: 'Jürgen' }]);
	},

	async nobody() {
		const { subject: _, ...message } = whole;
		onlyWeRefuse(structured(message));
	},
});
