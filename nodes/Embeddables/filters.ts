import { field } from '../shared';

const timeZone = "A date and time, in the workflow's time zone unless the value contains a time zone";

/** What narrows down a list. */
export const filters = field.collection(
	{ displayName: 'Filters', name: 'filters', placeholder: 'Add filter' },
	{
		updated_after: field.dateTime({
			displayName: 'Updated After',
			name: 'updatedAfter',
			description: timeZone,
		}),
		updated_before: field.dateTime({
			displayName: 'Updated Before',
			name: 'updatedBefore',
			description: timeZone,
		}),
	},
);

export const direction = field.choice({
	displayName: 'Direction',
	name: 'direction',
	options: [
		{ name: 'Newest First', value: 'DESC' },
		{ name: 'Oldest First', value: 'ASC' },
	],
	default: 'DESC',
});
