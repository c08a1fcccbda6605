import {
	isObject,
	personTraits,
	readKeyValues,
	text,
	type CanonicalEvent,
	type Fields,
	type Warning,
} from '../shared';
import { traits } from './event-types/event-types';
import { readValues, type Person, type Values } from './event-types/read';

/** Whom an event is about, and what it says of them. */
export interface Contact extends Person {
	userId: string | undefined;
	email: string | undefined;
	traits: Values;
}

export function contactOfEvent(event: CanonicalEvent): Contact {
	const { email, ...others } = personTraits(event);
	return {
		userId: text(event.userId),
		email: text(email) ?? text(event.properties.email),
		traits: others,
	};
}

export function contactOfFields(fields: Fields): Contact {
	return {
		userId: text(fields('userId')),
		email: text(fields('email')),
		traits: { ...(fields('traits') as Values), properties: readKeyValues(fields, 'customTraits') },
	};
}

/** What Simon Data is told of a contact: what it has no name for goes to the traits' own `properties`. */
export function toTraits({ traits: given }: Contact, person: Person): Values {
	return readValues(traits, given, person).values;
}

/** What goes unsaid of a contact without an email: Simon Data takes no traits then. */
export function traitsLeftOut(contact: Contact): Warning[] {
	const names = Object.entries(toTraits(contact, {}))
		.flatMap(([name, value]) => (name === 'properties' && isObject(value) ? Object.keys(value) : [name]))
		// It travels beside the traits.
		.filter((name) => name !== 'userId' || contact.userId === undefined);
	if (names.length === 0) return [];
	const message = `Simon Data takes traits only with an email, so ${names.join(', ')} of this contact went unsaid`;
	return [{ path: 'traits', code: 'left_out', message }];
}
