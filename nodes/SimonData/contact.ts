import {
	asText,
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

/** The contact of an event. */
export interface Contact extends Person {
	userId: string | number | undefined;
	email: string | number | undefined;
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
		userId: asText(fields('userId')),
		email: asText(fields('email')),
		traits: { ...(fields('traits') as Values), properties: readKeyValues(fields, 'customTraits') },
	};
}

/** The contact's traits for Simon Data. Unknown traits go to `properties`. */
export function toTraits({ traits: given }: Contact, person: Person): Values {
	return readValues(traits, given, person).values;
}

/** A warning for a contact without an email, whose traits Simon Data doesn't accept. */
export function traitsLeftOut(contact: Contact): Warning[] {
	const names = Object.entries(toTraits(contact, {}))
		.flatMap(([name, value]) => (name === 'properties' && isObject(value) ? Object.keys(value) : [name]))
		// The user ID is sent outside of the traits.
		.filter((name) => name !== 'userId' || contact.userId === undefined);
	if (names.length === 0) return [];
	const message = `Simon Data accepts traits only with an email, so these traits were left out: ${names.join(', ')}`;
	return [{ path: 'traits', code: 'left_out', message }];
}
