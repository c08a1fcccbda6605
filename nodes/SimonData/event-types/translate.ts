import { asNamedEvent, text, type CanonicalEvent, type Warning } from '../../shared';
import { pageOf, pageUrlOf } from '../envelope';
import { eventTypes, typeNamed, type EventTypeName } from './event-types';
import { readValues, type Person, type Values } from './read';
import { propertiesOf } from './schemas';

export interface TypedEvent {
	event: EventTypeName;
	properties: Values;
	warnings: Warning[];
}

interface TranslateOptions {
	person: Person;
	nameFormat: (name: string) => string;
	/** The value of the option "Standard Events". */
	standardEvents: unknown;
	/** For custom events. Undefined means Simon Data's default. */
	requiresIdentity: unknown;
}

/** Translates an event to Simon Data's type for it, or to `custom`. */
export function translate(event: CanonicalEvent, options: TranslateOptions): TypedEvent {
	const { name, properties } = asNamedEvent(event);
	const { nameFormat, person, standardEvents, requiresIdentity } = options;
	const asCustom = (warnings: Warning[]): TypedEvent => {
		const given = { eventName: nameFormat(name), requiresIdentity, properties };
		return { event: 'custom', properties: readValues(eventTypes.custom, given).values, warnings };
	};
	const type = standardEvents === 'custom' ? undefined : typeNamed(name);
	if (type === undefined) return asCustom([]);

	const given = type === 'page_view' ? pageValues(event, properties) : properties;
	const { values, leftOut } = readValues(eventTypes[type], given, person);
	const error = firstErrorOf(type, values);
	if (error !== undefined && standardEvents !== 'refuse') return asCustom([sentAsCustom(name, type, error)]);
	return { event: type, properties: values, warnings: leftOutOf(type, leftOut) };
}

/** The page's URL is part of the context, so `url`, `path` and `search` are dropped. */
function pageValues(event: CanonicalEvent, properties: Values): Values {
	const { title, referrer } = pageOf(event);
	const all = { title, referrer, language: event.context.locale, ...properties };
	return text(pageUrlOf(event)) === undefined
		? all
		: { ...all, url: undefined, path: undefined, search: undefined };
}

function firstErrorOf(type: EventTypeName, values: Values): string | undefined {
	const [issue] = propertiesOf[type].safeParse(values).error?.issues ?? [];
	return issue && `${issue.path.join('.')}: ${issue.message}`;
}

function sentAsCustom(name: string, type: EventTypeName, error: string): Warning {
	const message = `'${name}' is sent as a custom event, because Simon Data would reject the event as '${type}' (${error}). See the option 'Standard Events'.`;
	return { path: 'event', code: 'sent_as_custom', message };
}

/** A warning for values that a type without `properties` can't hold. */
export function leftOutOf(type: EventTypeName, names: readonly string[]): Warning[] {
	if (names.length === 0) return [];
	const message = `These properties were left out because Simon Data's '${type}' has no fields for them: ${names.join(', ')}`;
	return [{ path: 'properties', code: 'left_out', message }];
}
